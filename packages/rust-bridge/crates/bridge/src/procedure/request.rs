//! The request: JSON text to a checked value. Every complaint has a code and the JSON pointer of the place.
use contract::{Fault, Status};
use serde_json::{Map, Value};

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Action {
    Reboot,
    Ping,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) struct Request {
    pub(super) timeout: u8,
    pub(super) retries: u8,
    pub(super) host_list: Vec<String>,
    pub(super) action: Action,
    pub(super) job_id: i32,
}

const FIELDS: [&str; 5] = ["timeout", "retries", "host_list", "action", "job_id"];

impl Request {
    pub(super) fn parse(text: &str) -> Result<Self, Fault> {
        let value: Value =
            serde_json::from_str(text).map_err(|error| Fault::at("", Status::InvalidJson, error.to_string()))?;
        let Value::Object(object) = &value else {
            return Err(wrong_type("", "an object", &value));
        };
        if let Some(stranger) = object.keys().find(|key| !FIELDS.contains(&key.as_str())) {
            let known = FIELDS.join(", ");
            return Err(Fault::at(
                pointer(stranger),
                Status::UnknownField,
                format!("no such field; there are {known}"),
            ));
        }
        Ok(Self {
            timeout: integer(object, "timeout", 0, 255)?,
            retries: integer(object, "retries", 0, 255)?,
            host_list: hosts(field(object, "host_list")?)?,
            action: action(field(object, "action")?)?,
            job_id: integer(object, "job_id", i32::MIN.into(), i32::MAX.into())?,
        })
    }
}

fn field<'a>(object: &'a Map<String, Value>, name: &str) -> Result<&'a Value, Fault> {
    object.get(name).ok_or_else(|| Fault::at(pointer(name), Status::MissingField, "the field is missing"))
}

/// An integer from `lowest` to `highest`, which are the ends of `T`.
fn integer<T: TryFrom<i64>>(object: &Map<String, Value>, name: &str, lowest: i64, highest: i64) -> Result<T, Fault> {
    let value = field(object, name)?;
    let wanted = format!("an integer from {lowest} to {highest}");
    let Value::Number(number) = value else {
        return Err(wrong_type(&pointer(name), &wanted, value));
    };
    if number.is_f64() && !number.as_f64().is_some_and(|n| n.fract() == 0.0 && n.abs() >= 9.2e18) {
        return Err(wrong_type(&pointer(name), &wanted, value));
    }
    let fitting = number.as_i64().and_then(|n| T::try_from(n).ok());
    fitting.ok_or_else(|| {
        Fault::at(pointer(name), Status::FieldOutOfRange, format!("{wanted} is expected, found {number}"))
    })
}

fn hosts(value: &Value) -> Result<Vec<String>, Fault> {
    let Value::Array(elements) = value else {
        return Err(wrong_type("/host_list", "an array of strings", value));
    };
    let host = |(index, element): (usize, &Value)| match element {
        Value::String(host) => Ok(host.clone()),
        other => Err(wrong_type(&format!("/host_list/{index}"), "a string", other)),
    };
    elements.iter().enumerate().map(host).collect()
}

fn action(value: &Value) -> Result<Action, Fault> {
    match value {
        Value::String(name) if name == "reboot" => Ok(Action::Reboot),
        Value::String(name) if name == "ping" => Ok(Action::Ping),
        Value::String(name) => {
            let message = format!("there is no action {name:?}; there are \"reboot\" and \"ping\"");
            Err(Fault::at("/action", Status::UnknownAction, message))
        }
        other => Err(wrong_type("/action", "a string", other)),
    }
}

fn wrong_type(pointer: &str, wanted: &str, found: &Value) -> Fault {
    let found = match found {
        Value::Null => "null".to_owned(),
        Value::Bool(truth) => truth.to_string(),
        Value::Number(number) => number.to_string(),
        Value::String(_) => "a string".to_owned(),
        Value::Array(_) => "an array".to_owned(),
        Value::Object(_) => "an object".to_owned(),
    };
    Fault::at(pointer, Status::WrongFieldType, format!("{wanted} is expected, found {found}"))
}

/// RFC 6901.
fn pointer(name: &str) -> String {
    format!("/{}", name.replace('~', "~0").replace('/', "~1"))
}

#[cfg(test)]
mod tests {
    use super::{Action, Request};
    use contract::Status;

    const GOOD: &str = r#"{"timeout":10,"retries":3,"host_list":["a","b"],"action":"reboot","job_id":-1}"#;

    fn refused(text: &str) -> (Status, String) {
        let fault = Request::parse(text).expect_err(text);
        (fault.status, fault.pointer.unwrap())
    }

    #[test]
    fn reads_a_request() {
        let host_list = vec!["a".into(), "b".into()];
        let expected = Request { timeout: 10, retries: 3, host_list, action: Action::Reboot, job_id: -1 };
        assert_eq!(Request::parse(GOOD), Ok(expected));
    }

    #[test]
    fn names_the_place_of_a_mistake() {
        let with = |from: &str, to: &str| refused(&GOOD.replace(from, to));
        assert_eq!(refused("{"), (Status::InvalidJson, String::new()));
        assert_eq!(refused(&format!("{GOOD} x")), (Status::InvalidJson, String::new()));
        assert_eq!(refused("[]"), (Status::WrongFieldType, String::new()));
        assert_eq!(refused("{}"), (Status::MissingField, "/timeout".into()));
        assert_eq!(with("10", "300"), (Status::FieldOutOfRange, "/timeout".into()));
        assert_eq!(with("10", "-1"), (Status::FieldOutOfRange, "/timeout".into()));
        assert_eq!(with("10", "1e30"), (Status::FieldOutOfRange, "/timeout".into()));
        assert_eq!(with("10", "1.5"), (Status::WrongFieldType, "/timeout".into()));
        assert_eq!(with("10", "\"10\""), (Status::WrongFieldType, "/timeout".into()));
        assert_eq!(with("-1", "2147483648"), (Status::FieldOutOfRange, "/job_id".into()));
        assert_eq!(with("\"b\"", "null"), (Status::WrongFieldType, "/host_list/1".into()));
        assert_eq!(with("reboot", "explode"), (Status::UnknownAction, "/action".into()));
        assert_eq!(with("\"reboot\"", "1"), (Status::WrongFieldType, "/action".into()));
        assert_eq!(with("retries", "re/tr~ies"), (Status::UnknownField, "/re~1tr~0ies".into()));
    }

    #[test]
    fn a_deeply_nested_text_is_an_error_and_no_stack_overflow() {
        assert_eq!(refused(&"[".repeat(1_000_000)).0, Status::InvalidJson);
    }
}
