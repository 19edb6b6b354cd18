//! The result of an exported function: `R`, or `Result<R, Fault>`.
use syn::{GenericArgument, PathArguments, ReturnType, Type, parse_quote};

pub(crate) struct Outcome {
    /// What is returned when the call succeeds.
    pub(crate) value: Type,
    pub(crate) fallible: bool,
}

impl Outcome {
    pub(crate) fn of(returns: &ReturnType) -> Self {
        let ReturnType::Type(_, ty) = returns else {
            return Self { value: parse_quote!(()), fallible: false };
        };
        match value_of_result(ty) {
            Some(value) => Self { value, fallible: true },
            None => Self { value: (**ty).clone(), fallible: false },
        }
    }
}

fn value_of_result(ty: &Type) -> Option<Type> {
    let Type::Path(path) = ty else { return None };
    let last = path.path.segments.last().filter(|segment| segment.ident == "Result")?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
    match arguments.args.first() {
        Some(GenericArgument::Type(value)) => Some(value.clone()),
        _ => None,
    }
}
