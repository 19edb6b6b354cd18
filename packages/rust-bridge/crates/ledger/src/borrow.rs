//! Borrows: while one is under way its allocation cannot be released, by whatever thread. Every call that works on an
//! object borrows it, so that a release on another thread is refused and never pulls the memory away.
use crate::allocation::Allocation;
use crate::event::Event;
use crate::refusal::Refusal;
use crate::table::{Ledger, look_up};
use crate::trace::Step;

impl Ledger {
    /// Begins a borrow of the allocation at `address`, to be ended with `end_borrow`. Several may be under way at once.
    pub fn borrow(&self, address: usize, kind: &str, site: &'static str) -> Result<Allocation, Refusal> {
        self.try_borrow(address, kind, site, false).inspect_err(|refusal| self.trace.note_refusal(refusal.kind, site))
    }

    fn try_borrow(&self, address: usize, kind: &str, site: &'static str, lasting: bool) -> Result<Allocation, Refusal> {
        if address == 0 {
            return Err(Refusal::null(kind));
        }
        let found = {
            let mut shard = self.shard(address);
            look_up(&shard, address, kind).map(|found| {
                found.map(|allocation| match shard.live_at_mut(address) {
                    None => allocation,
                    Some(live) => {
                        live.borrows += 1;
                        // Who keeps a borrow is worth knowing; a call that is over soon is not.
                        if lasting || live.borrower.is_none() {
                            live.borrower = Some(Event::now(site));
                        }
                        *live
                    }
                })
            })
        };
        found.unwrap_or_else(|| Err(self.explain_stranger(address, kind)))
    }

    /// Ends one borrow. For an address that nobody borrows it does nothing.
    pub fn end_borrow(&self, address: usize) {
        if let Some(live) = self.shard(address).live_at_mut(address) {
            live.borrows = live.borrows.saturating_sub(1);
            if live.borrows == 0 {
                live.borrower = None;
            }
        }
    }

    /// A borrow that the caller of a function keeps when the function returns, as opposed to one for a call: it is in
    /// the trace.
    pub fn lend(&self, address: usize, kind: &str, site: &'static str) -> Result<Allocation, Refusal> {
        let allocation = self
            .try_borrow(address, kind, site, true)
            .inspect_err(|refusal| self.trace.note_refusal(refusal.kind, site))?;
        self.trace.note(Step::Borrowed, &allocation, site);
        Ok(allocation)
    }

    /// Ends a borrow that `lend` began.
    pub fn give_back(&self, address: usize, kind: &str, site: &'static str) -> Result<Allocation, Refusal> {
        let allocation = self.check(address, kind)?;
        self.end_borrow(address);
        self.trace.note(Step::Ended, &allocation, site);
        Ok(allocation)
    }
}
