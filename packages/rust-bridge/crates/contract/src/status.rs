//! The one table of status codes, and the structure through which a status reaches the caller. A code never changes
//! its meaning. 1 to 19 are about pointers and values, 20 to 39 about JSON requests, 90 and up about ourselves.
use crate::ctype::CChar;
use crate::fault::Fault;
use crate::record::StatusRecord;

macro_rules! statuses {
    ($($(#[doc = $doc:literal])+ $variant:ident = $code:literal $name:literal;)+) => {
        /// How a call ended.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(i32)]
        pub enum Status {
            $($(#[doc = $doc])+ $variant = $code,)+
        }

        impl Status {
            /// The whole table, for the contract.
            pub const ALL: &[StatusRecord] =
                &[$(StatusRecord { name: $name, code: $code, documentation: concat!($($doc),+) }),+];

            /// The name that documents, wrappers and JSON errors use.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }
        }
    };
}

statuses! {
    /// The call succeeded.
    Ok = 0 "ok";
    /// A pointer that must not be null is null.
    NullPointer = 1 "null_pointer";
    /// A pointer is not a multiple of its type's alignment.
    MisalignedPointer = 2 "misaligned_pointer";
    /// A value is outside what the function accepts.
    InvalidArgument = 3 "invalid_argument";
    /// A string is not UTF-8.
    InvalidUtf8 = 4 "invalid_utf8";
    /// A pointer was never handed out by this library.
    UnknownPointer = 5 "unknown_pointer";
    /// A pointer points inside an allocation, not at its first byte.
    InteriorPointer = 6 "interior_pointer";
    /// A pointer is to an allocation of another kind.
    WrongKind = 7 "wrong_kind";
    /// The allocation was released before.
    AlreadyReleased = 8 "already_released";
    /// A thread could not be started.
    NoThread = 9 "no_thread";
    /// Writing to standard output failed.
    OutputFailed = 10 "output_failed";
    /// The allocation is still borrowed, and nothing was done to it.
    StillBorrowed = 11 "still_borrowed";
    /// A result does not fit its type.
    Overflow = 12 "overflow";
    /// There is no memory for what the call was to make.
    OutOfMemory = 13 "out_of_memory";
    /// A callback asked for the end of the work.
    Cancelled = 14 "cancelled";
    /// A callback gave something that cannot be used.
    CallbackFailed = 15 "callback_failed";
    /// A buffer does not have the length that is needed.
    WrongLength = 16 "wrong_length";
    /// There is nothing under this name.
    NotFound = 17 "not_found";
    /// A file cannot be read.
    UnreadableFile = 18 "unreadable_file";
    /// A file is not an image, or not one of a kind that is understood.
    BrokenImage = 19 "broken_image";
    /// A request is not JSON.
    InvalidJson = 20 "invalid_json";
    /// A request lacks a field.
    MissingField = 21 "missing_field";
    /// A request has a field that nobody asked for.
    UnknownField = 22 "unknown_field";
    /// A field of a request has the wrong JSON type.
    WrongFieldType = 23 "wrong_field_type";
    /// A number in a request does not fit its type.
    FieldOutOfRange = 24 "field_out_of_range";
    /// A request names an action that does not exist.
    UnknownAction = 25 "unknown_action";
    /// The function panicked: a bug in the library, contained.
    Panic = 90 "panic";
}

/// Bytes of a message, with its terminating NUL.
pub const MESSAGE_BYTES: usize = 504;

crate::c_struct! {
    /// How a call ended. The caller owns it and passes its address; the function fills it in whatever happens.
    pub struct BridgeStatus as "bridge_status" {
        /// 0, or the code of what went wrong.
        pub code: i32,
        /// Bytes in the message, without the NUL.
        pub message_length: u32,
        /// UTF-8, NUL-terminated, empty on success; cut at a character boundary where it is too long.
        pub message: [CChar; 504],
    }
}

impl BridgeStatus {
    /// A status that says success.
    pub const fn ok() -> Self {
        Self { code: 0, message_length: 0, message: [CChar(0); MESSAGE_BYTES] }
    }

    /// A status that says what went wrong in `site`.
    pub fn failed(site: &str, fault: &Fault) -> Self {
        let full = format!("{site}: {}", fault.message);
        let room = full.len().min(MESSAGE_BYTES - 1);
        let end = (0..=room).rev().find(|index| full.is_char_boundary(*index)).unwrap_or(0);
        let text = &full[..end];
        let mut status = Self { code: fault.status as i32, message_length: text.len() as u32, ..Self::ok() };
        for (place, byte) in status.message.iter_mut().zip(text.bytes()) {
            // A NUL would end the message early for whoever reads it as a C string.
            *place = CChar(if byte == 0 { b' ' } else { byte } as core::ffi::c_char);
        }
        status
    }
}
