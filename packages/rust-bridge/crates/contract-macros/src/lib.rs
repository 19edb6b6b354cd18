//! `#[ffi_export]`: from one plain Rust function, the C symbol, its twin with a status, the checks of its arguments,
//! the panic guard and the metadata record. All rules live in the `contract` crate; this only writes the calls.
mod expand;
mod options;
mod parameter;
mod result;

use proc_macro::TokenStream;

/// Exports a function to C.
///
/// `fn length(v: &Vector3) -> Result<f64, Fault>` becomes the symbols `length` and
/// `bridge_length(..., bridge_status *)`. Options:
/// - `single`: one symbol, `bridge_<name>`, without a status: for what cannot go wrong;
/// - `on_error = path, sentinel = "text"`: what the plain symbol returns on failure, a `fn(&Fault) -> R`, and its
///   description for the contract.
///
/// Attributes of parameters: `#[length(m * n)]` on an `Input` or `Output` gives its number of elements;
/// `#[any_thread]` on a callback says that it is called from several threads at once; `#[until(function)]` on a pointer
/// or a callback says that it is kept until that function gives it back; `#[owned(function)]` says that what the call
/// leaves behind the pointer is the caller's, to be released with that function, and `#[transferred]` that the caller
/// gives it back.
#[proc_macro_attribute]
pub fn ffi_export(options: TokenStream, item: TokenStream) -> TokenStream {
    expand::expand(options.into(), item.into()).unwrap_or_else(syn::Error::into_compile_error).into()
}
