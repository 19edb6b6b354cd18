//! A remote procedure, simulated: JSON text in, JSON text out, owned by the caller.
mod request;
mod runner;

use crate::json::to_text;
use contract::{Fault, OwnedString, ffi_export};
use request::Request;
use serde::Serialize;

/// Runs a procedure on hosts, simulated. In: `{"timeout": 0..255, "retries": 0..255, "host_list": [string], "action":
/// "reboot" | "ping", "job_id": int32}`, all fields needed, none other allowed. Out: `{"result", "message",
/// "failed_hosts", "job_id"}`. `reboot` fails on the first host, `ping` on none. The answer is the caller's, to be
/// released with `free_mem`. A bad request: the twin returns NULL and a status; the plain symbol, which has no status,
/// returns `{"error": {"code", "pointer", "message"}}`, owned just the same.
#[ffi_export(on_error = error_document, sentinel = "an owned JSON document {\"error\": {code, pointer, message}}")]
fn start_procedure(request: &str) -> Result<OwnedString, Fault> {
    let request = Request::parse(request)?;
    let failed_hosts = runner::run(&request);
    let message = match failed_hosts.len() {
        0 => "all hosts succeeded".to_owned(),
        1 => "1 host failed".to_owned(),
        n => format!("{n} hosts failed"),
    };
    to_text(&Answer { result: "success", message, failed_hosts, job_id: request.job_id })
}

#[derive(Serialize)]
struct Answer {
    result: &'static str,
    message: String,
    failed_hosts: Vec<String>,
    job_id: i32,
}

#[derive(Serialize)]
struct ErrorDocument<'a> {
    error: ErrorBody<'a>,
}

#[derive(Serialize)]
struct ErrorBody<'a> {
    code: &'static str,
    pointer: Option<&'a str>,
    message: &'a str,
}

fn error_document(fault: &Fault) -> OwnedString {
    let body = ErrorBody { code: fault.status.name(), pointer: fault.pointer.as_deref(), message: &fault.message };
    to_text(&ErrorDocument { error: body }).unwrap_or_else(|fault| OwnedString::new(fault.message))
}
