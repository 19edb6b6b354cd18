//! One parameter of an exported function: its name, its type, and the attributes that belong to the boundary.
use proc_macro2::TokenStream;
use quote::quote;
use syn::{Attribute, BinOp, Error, Expr, ExprLit, FnArg, Ident, Lit, Pat, Result, Type};

pub(crate) struct Parameter {
    name: Ident,
    ty: Type,
    /// Factors of the number of elements; `None` for what is no buffer.
    length: Option<Vec<Factor>>,
    any_thread: bool,
    /// The function that gives back what this parameter hands over for longer than the call.
    until: Option<Ident>,
    /// What the call leaves behind the pointer belongs to the caller; the function that releases it.
    owned: Option<Ident>,
    transferred: bool,
}

enum Factor {
    Parameter(Ident),
    Number(String),
}

impl Parameter {
    /// Reads a parameter and strips from it the attributes that only this macro understands.
    pub(crate) fn take(argument: &mut FnArg) -> Result<Self> {
        let FnArg::Typed(typed) = argument else {
            return Err(Error::new_spanned(argument, "an exported function has no self"));
        };
        let Pat::Ident(pattern) = &*typed.pat else {
            return Err(Error::new_spanned(&typed.pat, "a parameter of an exported function is a plain name"));
        };
        let mut parameter = Self {
            name: pattern.ident.clone(),
            ty: (*typed.ty).clone(),
            length: None,
            any_thread: false,
            until: None,
            owned: None,
            transferred: false,
        };
        for attribute in std::mem::take(&mut typed.attrs) {
            parameter.apply(&attribute)?;
        }
        Ok(parameter)
    }

    fn apply(&mut self, attribute: &Attribute) -> Result<()> {
        if attribute.path().is_ident("length") {
            let mut factors = Vec::new();
            collect_factors(&attribute.parse_args()?, &mut factors)?;
            self.length = Some(factors);
        } else if attribute.path().is_ident("any_thread") {
            self.any_thread = true;
        } else if attribute.path().is_ident("until") {
            self.until = Some(attribute.parse_args()?);
        } else if attribute.path().is_ident("owned") {
            self.owned = Some(attribute.parse_args()?);
        } else if attribute.path().is_ident("transferred") {
            self.transferred = true;
        } else {
            let known = "unknown attribute: length(...), any_thread, until(...), owned(...) or transferred";
            return Err(Error::new_spanned(attribute, known));
        }
        Ok(())
    }

    pub(crate) fn name(&self) -> &Ident {
        &self.name
    }

    /// `name: the C type`
    pub(crate) fn declaration(&self) -> TokenStream {
        let (name, ty) = (&self.name, self.kind());
        quote! { #name: #ty::C }
    }

    /// `let name = checked name;`, or out with the fault.
    pub(crate) fn conversion(&self, site: &str) -> TokenStream {
        let (name, text, ty, kind) = (&self.name, self.name.to_string(), &self.ty, self.kind());
        let Some(factors) = &self.length else {
            // SAFETY comment belongs to the generated function: its caller promises what the contract says.
            return quote! { let #name: #ty = unsafe { #kind::from_c(#name, #text, #site) }?; };
        };
        let factors = factors.iter().map(|factor| match factor {
            Factor::Parameter(ident) => {
                let text = ident.to_string();
                quote! { (#text, #ident as i128) }
            }
            Factor::Number(digits) => {
                let number: TokenStream = digits.parse().unwrap_or_default();
                quote! { (#digits, #number as i128) }
            }
        });
        quote! {
            let #name: #ty = {
                let length = ::contract::buffer_length::<#kind::Element>(#text, &[#(#factors),*])?;
                unsafe { #kind::from_c(#name, length, #text) }?
            };
        }
    }

    pub(crate) fn record(&self) -> TokenStream {
        let (text, kind) = (self.name.to_string(), self.kind());
        let length = self.length.iter().flatten().map(|factor| match factor {
            Factor::Parameter(ident) => ident.to_string(),
            Factor::Number(digits) => digits.clone(),
        });
        let callback = if self.any_thread {
            quote! { match #kind::PASSING.callback {
                Some(callback) => Some(::contract::CallbackRecord { threads: ::contract::Threads::Any, ..callback }),
                None => panic!("#[any_thread] is for callbacks"),
            } }
        } else {
            quote! { #kind::PASSING.callback }
        };
        let ended_by = |function: &Ident| {
            let name = function.to_string();
            quote! { Some(#name) }
        };
        let (ownership, destructor) = match (&self.until, &self.owned) {
            (Some(function), _) => (quote! { Some(::contract::Ownership::Retained) }, ended_by(function)),
            (None, Some(function)) => (quote! { Some(::contract::Ownership::Owned) }, ended_by(function)),
            (None, None) if self.transferred => (quote! { Some(::contract::Ownership::Transferred) }, quote! { None }),
            (None, None) => (quote! { #kind::PASSING.ownership }, quote! { #kind::PASSING.destructor }),
        };
        quote! {
            ::contract::ParameterRecord {
                name: #text,
                ctype: #kind::TYPE,
                nullable: #kind::PASSING.nullable,
                ownership: #ownership,
                direction: #kind::PASSING.direction,
                length: &[#(#length),*],
                encoding: #kind::PASSING.encoding,
                callback: #callback,
                handle: #kind::PASSING.handle,
                destructor: #destructor,
            }
        }
    }

    fn kind(&self) -> TokenStream {
        let ty = &self.ty;
        match self.length {
            None => quote! { <#ty as ::contract::Argument> },
            Some(_) => quote! { <#ty as ::contract::BufferArgument> },
        }
    }
}

fn collect_factors(expression: &Expr, factors: &mut Vec<Factor>) -> Result<()> {
    match expression {
        Expr::Binary(binary) if matches!(binary.op, BinOp::Mul(_)) => {
            collect_factors(&binary.left, factors)?;
            collect_factors(&binary.right, factors)
        }
        Expr::Path(path) if path.path.get_ident().is_some() => {
            factors.extend(path.path.get_ident().cloned().map(Factor::Parameter));
            Ok(())
        }
        Expr::Lit(ExprLit { lit: Lit::Int(number), .. }) => {
            factors.push(Factor::Number(number.base10_digits().to_owned()));
            Ok(())
        }
        _ => Err(Error::new_spanned(expression, "a length is a product of parameters and integers")),
    }
}
