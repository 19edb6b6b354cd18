//! What an exported function promises, and the checks that keep the promise. `#[ffi_export]` expands to calls into
//! this crate; every rule of the boundary (which pointers are checked how, what a failure returns, what is recorded)
//! is written here once. It exports no symbol itself.
mod argument;
mod buffer;
mod callback;
mod ctype;
mod fault;
mod guard;
mod lent;
mod object;
mod record;
mod returned;
mod status;

pub use argument::{Argument, InOut, Opaque, Passing, Surrendered};
pub use buffer::{BufferArgument, InPlace, Input, Output, buffer_length};
pub use callback::{CFunction, FunctionPointer};
pub use contract_macros::ffi_export;
pub use ctype::{CBool, CChar, CType, TypeRecord};
pub use fault::Fault;
pub use guard::{guard, guard_export, panic_in_next_call, report};
pub use lent::{Lender, Lent, LentAddress};
pub use object::{Handle, Lease, NewHandle, Object, Owned, Yielded, YieldedHandle};
pub use record::{
    CallbackRecord, Contract, Direction, FUNCTIONS, FailureRecord, FieldRecord, FunctionRecord, FunctionTypeRecord,
    Ownership, ParameterRecord, ResultRecord, STRUCTS, StatusRecord, StructRecord, SymbolsRecord, Threads, describe,
    topic_of,
};
pub use returned::{OwnedString, Returned, STRING};
pub use status::{BridgeStatus, Status};

#[doc(hidden)]
pub use linkme;
