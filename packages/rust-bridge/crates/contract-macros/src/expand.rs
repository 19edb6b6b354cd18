//! Writes what surrounds an exported function. The function itself stays as it was, callable from Rust.
use crate::options::Options;
use crate::parameter::Parameter;
use crate::result::Outcome;
use proc_macro2::TokenStream;
use quote::quote;
use syn::{Attribute, Error, Expr, ExprLit, Ident, ItemFn, Lit, LitStr, Meta, Result};

pub(crate) fn expand(options: TokenStream, item: TokenStream) -> Result<TokenStream> {
    let options: Options = syn::parse2(options)?;
    let mut function: ItemFn = syn::parse2(item)?;
    refuse_unsupported(&function)?;
    let parameters: Vec<Parameter> = function.sig.inputs.iter_mut().map(Parameter::take).collect::<Result<_>>()?;
    let documentation = documentation(&function.attrs);
    if documentation.is_empty() {
        return Err(Error::new_spanned(&function.sig.ident, "an exported function needs a doc comment"));
    }
    let export = Export { options, documentation, outcome: Outcome::of(&function.sig.output), parameters, function };
    Ok(export.tokens())
}

struct Export {
    options: Options,
    function: ItemFn,
    parameters: Vec<Parameter>,
    outcome: Outcome,
    documentation: Vec<LitStr>,
}

impl Export {
    fn tokens(&self) -> TokenStream {
        let function = &self.function;
        let (call, plain, twin, record) = (self.call(), self.plain(), self.twin(), self.record());
        quote! {
            #function
            const _: () = {
                #call
                #plain
                #twin
                #record
            };
        }
    }

    /// The guarded call that both symbols share.
    fn call(&self) -> TokenStream {
        let (declarations, site, returned) = (self.declarations(), self.site(), self.returned());
        let conversions = self.parameters.iter().map(|parameter| parameter.conversion(&site));
        let (name, names) = (self.name(), self.names());
        let value = if self.outcome.fallible {
            quote! { #name(#(#names),*)? }
        } else {
            quote! { #name(#(#names),*) }
        };
        quote! {
            unsafe fn call(#(#declarations),*) -> ::core::result::Result<#returned::C, ::contract::Fault> {
                ::contract::guard_export(move || {
                    #(#conversions)*
                    #returned::into_c(#value, #site)
                })
            }
        }
    }

    fn plain(&self) -> TokenStream {
        let (declarations, names, site, returned) = (self.declarations(), self.names(), self.site(), self.returned());
        let symbol = self.plain_symbol();
        let failed = match &self.options.on_error {
            None => quote! { #returned::sentinel(&fault) },
            Some(path) => quote! {
                ::contract::guard(|| #returned::into_c(#path(&fault), #site))
                    .unwrap_or_else(|fault| #returned::sentinel(&fault))
            },
        };
        quote! {
            #[unsafe(export_name = #symbol)]
            unsafe extern "C" fn plain(#(#declarations),*) -> #returned::C {
                // SAFETY: the caller keeps the contract.
                unsafe { call(#(#names),*) }.unwrap_or_else(|fault| #failed)
            }
        }
    }

    fn twin(&self) -> Option<TokenStream> {
        let symbol = self.twin_symbol()?;
        let (declarations, names, site, returned) = (self.declarations(), self.names(), self.site(), self.returned());
        Some(quote! {
            #[unsafe(export_name = #symbol)]
            unsafe extern "C" fn twin(#(#declarations,)* status: *mut ::contract::BridgeStatus) -> #returned::C {
                // SAFETY: the caller keeps the contract.
                let outcome = unsafe { call(#(#names),*) };
                // SAFETY: the caller passes null or a status of its own.
                unsafe { ::contract::report(status, #site, &outcome) };
                outcome.unwrap_or_else(|fault| #returned::sentinel(&fault))
            }
        })
    }

    fn record(&self) -> TokenStream {
        let (site, returned, documentation) = (self.site(), self.returned(), &self.documentation);
        let parameters = self.parameters.iter().map(Parameter::record);
        let plain = self.plain_symbol();
        let (twin, twin_sentinel) = match self.twin_symbol() {
            None => (quote! { None }, quote! { None }),
            Some(symbol) => (quote! { Some(#symbol) }, quote! { Some(#returned::SENTINEL) }),
        };
        let sentinel = match &self.options.sentinel {
            None => quote! { #returned::SENTINEL },
            Some(text) => quote! { #text },
        };
        quote! {
            #[::contract::linkme::distributed_slice(::contract::FUNCTIONS)]
            #[linkme(crate = ::contract::linkme)]
            static RECORD: ::contract::FunctionRecord = ::contract::FunctionRecord {
                name: #site,
                module: module_path!(),
                documentation: &[#(#documentation),*],
                symbols: ::contract::SymbolsRecord { plain: #plain, twin: #twin },
                parameters: &[#(#parameters),*],
                result: #returned::RESULT,
                failure: ::contract::FailureRecord { plain: #sentinel, twin: #twin_sentinel },
                threads: ::contract::Threads::Any,
            };
        }
    }

    fn name(&self) -> &Ident {
        &self.function.sig.ident
    }

    fn site(&self) -> String {
        self.name().to_string()
    }

    fn plain_symbol(&self) -> String {
        if self.options.single { format!("bridge_{}", self.name()) } else { self.site() }
    }

    fn twin_symbol(&self) -> Option<String> {
        (!self.options.single).then(|| format!("bridge_{}", self.name()))
    }

    fn returned(&self) -> TokenStream {
        let value = &self.outcome.value;
        quote! { <#value as ::contract::Returned> }
    }

    fn declarations(&self) -> Vec<TokenStream> {
        self.parameters.iter().map(Parameter::declaration).collect()
    }

    fn names(&self) -> Vec<&Ident> {
        self.parameters.iter().map(Parameter::name).collect()
    }
}

fn refuse_unsupported(function: &ItemFn) -> Result<()> {
    let signature = &function.sig;
    if let Some(token) = &signature.asyncness {
        return Err(Error::new_spanned(token, "an exported function is not async"));
    }
    if !signature.generics.params.is_empty() {
        return Err(Error::new_spanned(&signature.generics, "an exported function is not generic"));
    }
    if let Some(abi) = &signature.abi {
        return Err(Error::new_spanned(abi, "write a plain Rust function: the C symbols are generated"));
    }
    Ok(())
}

fn documentation(attributes: &[Attribute]) -> Vec<LitStr> {
    let lines = attributes.iter().filter(|attribute| attribute.path().is_ident("doc"));
    lines
        .filter_map(|attribute| match &attribute.meta {
            Meta::NameValue(pair) => match &pair.value {
                Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text.clone()),
                _ => None,
            },
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::expand;
    use quote::quote;

    fn error_of(options: proc_macro2::TokenStream, item: proc_macro2::TokenStream) -> String {
        expand(options, item).expect_err("it expanded").to_string()
    }

    #[test]
    fn refuses_what_cannot_cross() {
        assert_eq!(
            error_of(
                quote!(),
                quote!(
                    async fn f() {}
                )
            ),
            "an exported function is not async"
        );
        assert_eq!(
            error_of(
                quote!(),
                quote!(
                    fn f<T>(x: T) {}
                )
            ),
            "an exported function is not generic"
        );
        assert!(
            error_of(
                quote!(),
                quote!(
                    extern "C" fn f() {}
                )
            )
            .starts_with("write a plain Rust function")
        );
        assert_eq!(
            error_of(
                quote!(),
                quote!(
                    fn f() {}
                )
            ),
            "an exported function needs a doc comment"
        );
        assert_eq!(
            error_of(
                quote!(),
                quote!(
                    #[doc = "x"]
                    fn f(self) {}
                )
            ),
            "an exported function has no self"
        );
    }

    #[test]
    fn refuses_unknown_options_and_attributes() {
        assert!(
            error_of(
                quote!(plain),
                quote!(
                    #[doc = "x"]
                    fn f() {}
                )
            )
            .starts_with("unknown option")
        );
        assert!(
            error_of(
                quote!(on_error = g),
                quote!(
                    #[doc = "x"]
                    fn f() {}
                )
            )
            .starts_with("on_error needs")
        );
        assert!(
            error_of(
                quote!(),
                quote!(
                    #[doc = "x"]
                    fn f(#[size(n)] a: i32) {}
                )
            )
            .starts_with("unknown attribute")
        );
        let sum = quote!(
            #[doc = "x"]
            fn f(#[length(m + n)] a: Input<f64>, m: i32, n: i32) {}
        );
        assert_eq!(error_of(quote!(), sum), "a length is a product of parameters and integers");
    }

    #[test]
    fn exports_both_symbols_or_one() {
        let both = expand(
            quote!(),
            quote!(
                #[doc = "x"]
                fn f(n: i32) -> f64 {
                    0.0
                }
            ),
        )
        .unwrap()
        .to_string();
        assert!(both.contains("export_name = \"f\"") && both.contains("export_name = \"bridge_f\""));
        let one = expand(
            quote!(single),
            quote!(
                #[doc = "x"]
                fn f() -> u64 {
                    0
                }
            ),
        )
        .unwrap()
        .to_string();
        assert!(one.contains("export_name = \"bridge_f\"") && !one.contains("export_name = \"f\""));
    }
}
