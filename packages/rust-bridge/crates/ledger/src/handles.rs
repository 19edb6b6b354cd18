//! Handles: numbers below 2^53 that stand for objects, so that they are exact in a JavaScript number too. The lower 24
//! bits are a slot, the others its generation, which is odd while the slot is taken. A number is never given twice: a
//! slot whose generations are used up retires. Holds no lock while an object is dropped.
use crate::allocation::{Allocation, Memory};
use crate::refusal::{Refusal, RefusalKind};
use crate::table::Ledger;
use std::any::Any;
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

const SLOT_BITS: u32 = 24;
const MOST_SLOTS: usize = 1 << SLOT_BITS;
const LAST_GENERATION: u64 = (1 << (53 - SLOT_BITS)) - 1;

struct Slot {
    generation: u64,
    /// The object, while the slot is taken.
    object: Option<Arc<dyn Any + Send + Sync>>,
    kind: &'static str,
    /// How the ledger remembers the object that left last.
    last: Option<Allocation>,
}

struct Slots {
    slots: Vec<Slot>,
    free: Vec<usize>,
}

/// A table of handles. The process has one (`handles()`); tests make their own.
pub struct Handles {
    table: RwLock<Slots>,
}

impl Default for Handles {
    fn default() -> Self {
        Self::new()
    }
}

impl Handles {
    /// An empty table.
    pub const fn new() -> Self {
        Self { table: RwLock::new(Slots { slots: Vec::new(), free: Vec::new() }) }
    }

    /// Takes an object in, puts it on record in `ledger` as made by `site`, and answers its handle; or gives it back with
    /// the reason why not.
    pub fn insert<T: Any + Send + Sync>(
        &self,
        ledger: &Ledger,
        object: T,
        kind: &'static str,
        site: &'static str,
    ) -> Result<u64, (Refusal, T)> {
        let size = size_of::<T>();
        if let Err(refusal) = ledger.permit(kind, size, site) {
            return Err((refusal, object));
        }
        let mut table = self.write();
        let index = match table.free.pop() {
            Some(index) => index,
            None if table.slots.len() == MOST_SLOTS => return Err((Refusal::out_of_memory(kind, size), object)),
            None => {
                table.slots.push(Slot { generation: 0, object: None, kind, last: None });
                table.slots.len() - 1
            }
        };
        let object = Arc::new(object);
        let address = Arc::as_ptr(&object) as usize;
        let memory = Memory { address, size, kind, finalize: left_to_arc, reclaim: left_to_arc, shared: true };
        // SAFETY: the object stays where it is until it left the ledger; the steps do nothing to it.
        unsafe { ledger.register(memory, site) };
        let slot = &mut table.slots[index];
        slot.generation += 1;
        slot.object = Some(object);
        slot.kind = kind;
        Ok((slot.generation << SLOT_BITS) | index as u64)
    }

    /// The object of a handle. It lives at least as long as what is returned here, even when its handle is released.
    pub fn get<T: Any + Send + Sync>(&self, handle: u64, kind: &str) -> Result<Arc<T>, Refusal> {
        let table = self.read();
        let object = find(&table, handle, kind)?;
        let wrong = || Refusal { kind: RefusalKind::WrongKind, message: format!("expected a {kind}") };
        Arc::clone(object).downcast().map_err(|_| wrong())
    }

    /// Releases a handle, once. The object is dropped when the last call that works on it has ended.
    pub fn release(&self, ledger: &Ledger, handle: u64, kind: &str, site: &'static str) -> Result<(), Refusal> {
        let object = Arc::clone(find(&self.read(), handle, kind)?);
        // The ledger decides: of two threads that release at once, one comes past this line.
        let tombstone = ledger.release(Arc::as_ptr(&object).cast::<u8>() as usize, kind, site)?;
        let mut table = self.write();
        let index = slot_of(handle);
        let slot = &mut table.slots[index];
        slot.generation += 1;
        slot.last = Some(tombstone);
        let taken = slot.object.take();
        if slot.generation < LAST_GENERATION {
            table.free.push(index);
        }
        drop(table);
        drop((taken, object));
        Ok(())
    }

    fn read(&self) -> RwLockReadGuard<'_, Slots> {
        self.table.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, Slots> {
        self.table.write().unwrap_or_else(PoisonError::into_inner)
    }
}

unsafe fn left_to_arc(_: usize, _: usize) {}

const fn slot_of(handle: u64) -> usize {
    (handle & (MOST_SLOTS as u64 - 1)) as usize
}

fn find<'a>(table: &'a Slots, handle: u64, kind: &str) -> Result<&'a Arc<dyn Any + Send + Sync>, Refusal> {
    let generation = handle >> SLOT_BITS;
    if handle == 0 {
        let message = format!("the handle is 0, a {kind} was expected");
        return Err(Refusal { kind: RefusalKind::Null, message });
    }
    match table.slots.get(slot_of(handle)) {
        Some(slot) if slot.generation == generation => match &slot.object {
            Some(object) if slot.kind == kind => Ok(object),
            Some(_) => {
                let message = format!("expected a {kind}, the handle {handle:#x} is a {}", slot.kind);
                Err(Refusal { kind: RefusalKind::WrongKind, message })
            }
            None => Err(unknown(handle, kind)),
        },
        Some(slot) if generation % 2 == 1 && generation < slot.generation => Err(stale(slot, handle)),
        _ => Err(unknown(handle, kind)),
    }
}

fn stale(slot: &Slot, handle: u64) -> Refusal {
    match &slot.last {
        Some(tombstone) if (handle >> SLOT_BITS) + 1 == slot.generation => Refusal::already_released(tombstone),
        _ => {
            let message = format!("what the handle {handle:#x} stood for was released, and its slot used again since");
            Refusal { kind: RefusalKind::AlreadyReleased, message }
        }
    }
}

fn unknown(handle: u64, kind: &str) -> Refusal {
    let message = format!("{handle:#x} is not the handle of a {kind} that this library handed out");
    Refusal { kind: RefusalKind::Unknown, message }
}
