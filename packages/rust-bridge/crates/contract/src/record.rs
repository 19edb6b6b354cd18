//! The metadata of what is exported. `#[ffi_export]` and `c_struct!` put one record each into a section of the
//! library; `describe` gathers them into the contract, from which header, declarations and documents are generated.
use crate::ctype::TypeRecord;
use crate::status::Status;
use linkme::distributed_slice;
use serde::{Serialize, Serializer};

/// Every exported function.
#[distributed_slice]
pub static FUNCTIONS: [FunctionRecord];

/// Every structure that crosses the boundary.
#[distributed_slice]
pub static STRUCTS: [StructRecord];

/// Who must do what with a pointer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ownership {
    /// The callee uses it during the call only.
    Borrowed,
    /// The callee keeps it until a named function gives it back.
    Retained,
    /// The caller owns what was returned, and releases it with the named destructor.
    Owned,
    /// The callee takes it over; the caller must not use it again.
    Transferred,
}

/// Which way the data behind a pointer goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// Read.
    In,
    /// Written.
    Out,
    /// Read, then written.
    InOut,
    /// Never looked at, only passed on.
    Opaque,
}

/// On which threads something may be called, or is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Threads {
    /// The thread that made the call, before the call returns.
    Caller,
    /// Any thread, several at once.
    Any,
}

/// A function type.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct FunctionTypeRecord {
    /// What it returns.
    pub result: &'static TypeRecord,
    /// What it takes.
    pub parameters: &'static [TypeRecord],
}

/// A parameter that is the address of a function.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct CallbackRecord {
    /// The types it may have.
    pub signatures: &'static [FunctionTypeRecord],
    /// Where it is called.
    pub threads: Threads,
}

/// A parameter.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct ParameterRecord {
    /// Its name.
    pub name: &'static str,
    /// Its C type.
    #[serde(rename = "type")]
    pub ctype: TypeRecord,
    /// For pointers: may it be null?
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nullable: Option<bool>,
    /// For pointers: who owns what is behind it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ownership: Option<Ownership>,
    /// For pointers: which way the data goes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub direction: Option<Direction>,
    /// For buffers: the factors of the number of elements, each a parameter's name or a number.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub length: &'static [&'static str],
    /// For NUL-terminated strings.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encoding: Option<&'static str>,
    /// For addresses of functions.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub callback: Option<CallbackRecord>,
    /// For handles: of what.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub handle: Option<&'static str>,
    /// For what is owned through the parameter, or retained: the function that ends that.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub destructor: Option<&'static str>,
}

/// What a function returns.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct ResultRecord {
    /// Its C type.
    #[serde(rename = "type")]
    pub ctype: TypeRecord,
    /// The result is a status code and nothing else.
    pub status: bool,
    /// For pointers: who owns what is behind it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ownership: Option<Ownership>,
    /// For owned results the function that releases them, for borrowed ones the function that ends the borrow.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub destructor: Option<&'static str>,
    /// For handles: of what.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub handle: Option<&'static str>,
    /// For NUL-terminated strings.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encoding: Option<&'static str>,
}

impl ResultRecord {
    /// A result by value.
    pub const fn value(ctype: TypeRecord) -> Self {
        Self { ctype, status: false, ownership: None, destructor: None, handle: None, encoding: None }
    }
}

/// The C symbols of one function.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct SymbolsRecord {
    /// Without a status.
    pub plain: &'static str,
    /// With a status as last parameter; absent where nothing can go wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub twin: Option<&'static str>,
}

/// What comes back when a call fails.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct FailureRecord {
    /// From the plain symbol.
    pub plain: &'static str,
    /// From the twin.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub twin: Option<&'static str>,
}

/// An exported function.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct FunctionRecord {
    /// Its name in Rust and in wrappers.
    pub name: &'static str,
    /// The module it is declared in.
    #[serde(rename = "topic", serialize_with = "topic")]
    pub module: &'static str,
    /// What it does.
    #[serde(serialize_with = "trimmed")]
    pub documentation: &'static [&'static str],
    /// Its C symbols.
    pub symbols: SymbolsRecord,
    /// What it takes.
    pub parameters: &'static [ParameterRecord],
    /// What it returns.
    pub result: ResultRecord,
    /// What it returns when it fails.
    pub failure: FailureRecord,
    /// Where it may be called.
    pub threads: Threads,
}

/// A field of a structure.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct FieldRecord {
    /// Its name.
    pub name: &'static str,
    /// Its C type.
    #[serde(rename = "type")]
    pub ctype: TypeRecord,
    /// Bytes from the start.
    pub offset: usize,
    /// What it means.
    #[serde(serialize_with = "trimmed")]
    pub documentation: &'static [&'static str],
}

/// A structure.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct StructRecord {
    /// Its C tag and type name.
    pub name: &'static str,
    /// What it is.
    #[serde(serialize_with = "trimmed")]
    pub documentation: &'static [&'static str],
    /// Bytes.
    pub size: usize,
    /// Bytes.
    pub align: usize,
    /// In order.
    pub fields: &'static [FieldRecord],
}

/// A status code.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct StatusRecord {
    /// Its name.
    pub name: &'static str,
    /// Its number.
    pub code: i32,
    /// When it is given.
    #[serde(serialize_with = "trimmed_line")]
    pub documentation: &'static str,
}

/// The whole contract. `version` is that of this format.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Contract {
    version: u32,
    library: &'static str,
    status_struct: &'static str,
    statuses: &'static [StatusRecord],
    structs: Vec<StructRecord>,
    functions: Vec<FunctionRecord>,
}

/// Gathers what is linked into this program, ordered by name: the linker's order means nothing.
pub fn describe(library: &'static str) -> Contract {
    let mut structs = STRUCTS.to_vec();
    structs.sort_by_key(|record| record.name);
    let mut functions = FUNCTIONS.to_vec();
    functions.sort_by_key(|record| (topic_of(record.module), record.name));
    Contract { version: 1, library, status_struct: "bridge_status", statuses: Status::ALL, structs, functions }
}

/// The last segment of a module path.
pub fn topic_of(module: &str) -> &str {
    module.rsplit("::").next().unwrap_or(module)
}

fn topic<S: Serializer>(module: &&'static str, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(topic_of(module))
}

/// Doc comments arrive line by line, each with the space that follows the slashes.
fn trimmed<S: Serializer>(lines: &&'static [&'static str], serializer: S) -> Result<S::Ok, S::Error> {
    let text: Vec<&str> = lines.iter().map(|line| line.trim()).collect();
    serializer.serialize_str(text.join("\n").trim())
}

fn trimmed_line<S: Serializer>(line: &&'static str, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(line.trim())
}

/// Declares a structure that crosses the boundary: `#[repr(C)]`, copyable, and on record with its true offsets.
#[macro_export]
macro_rules! c_struct {
    ($(#[doc = $doc:literal])+ $vis:vis struct $name:ident as $c_name:literal {
        $($(#[doc = $field_doc:literal])+ pub $field:ident: $type:ty,)+
    }) => {
        $(#[doc = $doc])+
        #[derive(Clone, Copy, Debug)]
        #[repr(C)]
        $vis struct $name { $($(#[doc = $field_doc])+ pub $field: $type,)+ }

        impl $crate::CType for $name {
            const TYPE: $crate::TypeRecord = $crate::TypeRecord::Struct { name: $c_name };
        }

        impl $crate::Argument for $name {
            type C = Self;
            const TYPE: $crate::TypeRecord = <Self as $crate::CType>::TYPE;
            const PASSING: $crate::Passing = $crate::Passing::VALUE;

            unsafe fn from_c(value: Self, _: &'static str, _: &'static str) -> Result<Self, $crate::Fault> {
                Ok(value)
            }
        }

        impl $crate::Returned for $name {
            type C = Self;
            const RESULT: $crate::ResultRecord = $crate::ResultRecord::value(<Self as $crate::CType>::TYPE);
            const SENTINEL: &'static str = "a structure of zeros";

            fn into_c(self, _: &'static str) -> Result<Self, $crate::Fault> {
                Ok(self)
            }

            fn sentinel(_: &$crate::Fault) -> Self {
                // SAFETY: numbers, pointers and arrays of them, for all of which zeros are a value.
                unsafe { ::core::mem::zeroed() }
            }
        }

        const _: () = {
            #[$crate::linkme::distributed_slice($crate::STRUCTS)]
            #[linkme(crate = $crate::linkme)]
            static RECORD: $crate::StructRecord = $crate::StructRecord {
                name: $c_name,
                documentation: &[$($doc),+],
                size: ::core::mem::size_of::<$name>(),
                align: ::core::mem::align_of::<$name>(),
                fields: &[$($crate::FieldRecord {
                    name: stringify!($field),
                    ctype: <$type as $crate::CType>::TYPE,
                    offset: ::core::mem::offset_of!($name, $field),
                    documentation: &[$($field_doc),+],
                }),+],
            };
        };
    };
}
