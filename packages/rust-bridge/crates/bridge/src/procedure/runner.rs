//! The runner behind `start_procedure`. It is a simulation and touches no network: what happens on a host follows from
//! the action and the host's place in the list, and time is only reckoned.
use super::request::{Action, Request};

/// Runs the action on every host and answers where it failed, in the order of the request.
pub(super) fn run(request: &Request) -> Vec<String> {
    let hosts = request.host_list.iter().enumerate();
    hosts.filter(|(place, _)| !succeeds(request, *place)).map(|(_, host)| host.clone()).collect()
}

/// One try and as many retries as the request allows, each given up after its timeout.
fn succeeds(request: &Request, place: usize) -> bool {
    let mut tries = 0..=request.retries;
    tries.any(|_| seconds_to_answer(&request.action, place).is_some_and(|seconds| seconds <= request.timeout))
}

/// The simulated first host never comes back from a reboot; everything else answers at once.
fn seconds_to_answer(action: &Action, place: usize) -> Option<u8> {
    match action {
        Action::Ping => Some(0),
        Action::Reboot => (place != 0).then_some(0),
    }
}
