//! The options in `#[ffi_export(...)]`.
use syn::parse::{Parse, ParseStream};
use syn::{Ident, LitStr, Path, Result, Token};

#[derive(Default)]
pub(crate) struct Options {
    pub(crate) single: bool,
    pub(crate) on_error: Option<Path>,
    pub(crate) sentinel: Option<LitStr>,
}

impl Parse for Options {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let mut options = Self::default();
        while !input.is_empty() {
            let name: Ident = input.parse()?;
            match name.to_string().as_str() {
                "single" => options.single = true,
                "on_error" => {
                    input.parse::<Token![=]>()?;
                    options.on_error = Some(input.parse()?);
                }
                "sentinel" => {
                    input.parse::<Token![=]>()?;
                    options.sentinel = Some(input.parse()?);
                }
                _ => return Err(syn::Error::new(name.span(), "unknown option: single, on_error or sentinel")),
            }
            if !input.is_empty() {
                input.parse::<Token![,]>()?;
            }
        }
        if let (Some(path), None) = (&options.on_error, &options.sentinel) {
            return Err(syn::Error::new_spanned(path, "on_error needs sentinel = \"what it returns\""));
        }
        Ok(options)
    }
}
