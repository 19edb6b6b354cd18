// What functions give that call each other: found by assuming that they give nothing, and checking them again with what
// they were found to give, until that holds. Functions that call each other are checked round by round together, each
// once a round, so that the work grows with their number and not with the number of ways through them. (Components by
// Tarjan, "Depth-first search and linear graph algorithms", 1972.)
import { type Fact, join, sameFact } from "./fact.ts";
import { widenFact } from "./statements.ts";

/** The result is undefined until it is known, and for a function that never returns. */
export interface Outcome {
  readonly result: Fact | undefined;
  /** What the variables hold that an inner function assigns, by its captures. */
  readonly after: readonly (Fact | undefined)[];
}

/** One check of a function with the assumptions of this round. */
export interface Found extends Outcome {
  /** It met a call whose result is not known in this round. */
  readonly waits: boolean;
  readonly throws: boolean;
}

interface Member<T> {
  readonly function: T;
  readonly key: string;
  outcome: Outcome;
  found: Found | undefined;
  state: "running" | "assumed" | "done";
  /** The last round in which it was checked, and how often it was. */
  round: number;
  checks: number;
  /** Its place on the stack, and the lowest one that it depends on. */
  readonly place: number;
  low: number;
  /** The outcome was used while it was an assumption, and has changed in this round. */
  asked: boolean;
  changed: boolean;
}

export interface Checker<T> {
  /** Checks a function; asks the fixpoint about those that it calls. `assumed` is what it was found to give so far. */
  check(fn: T, join: (found: Outcome) => Outcome): Found;
  /** It calls itself on every path. */
  neverReturns(fn: T): never;
}

export class Fixpoint<T> {
  private readonly checker: Checker<T>;
  private readonly members = new Map<string, Member<T>>();
  /** What is not done, in the order of discovery; and what is being checked. */
  private readonly stack: Member<T>[] = [];
  private readonly running: Member<T>[] = [];
  private round = 0;

  constructor(checker: Checker<T>) {
    this.checker = checker;
  }

  /** What calling the function gives, as far as it is known; `never` where it is known to give nothing. */
  outcomeOf(key: string, fn: () => T): Outcome & { readonly never: boolean } {
    const known = this.members.get(key);
    const member = known ?? this.discover(key, fn());
    const isKnown = member.state === "running" || (member.state === "assumed" && member.round === this.round);
    if (isKnown) member.asked = true;
    else if (member.state !== "done") this.settle(member);
    const caller = this.running.at(-1);
    // running, it is depended on itself; assumed, through what it depends on
    if (caller !== undefined && member.state !== "done") caller.low = Math.min(caller.low, member.low);
    const { outcome, state } = member;
    return { ...outcome, never: state === "done" && outcome.result === undefined };
  }

  private discover(key: string, fn: T): Member<T> {
    const place = this.stack.length;
    const outcome: Outcome = { result: undefined, after: [] };
    const flags = { asked: false, changed: false };
    const made: Member<T> = {
      ...{ function: fn, key, outcome, found: undefined, state: "assumed", round: -1, checks: 0, place, low: place },
      ...flags,
    };
    this.members.set(key, made);
    this.stack.push(made);
    return made;
  }

  /** Checks a function, and the ones that it calls as often as needed where none of those depends on one further out. */
  private settle(member: Member<T>): void {
    for (;;) {
      const began = this.round;
      this.check(member);
      if (member.low < member.place) {
        member.state = "assumed";
        return;
      }
      const component = this.stack.slice(member.place);
      if (!component.some(({ asked, changed }) => asked && changed)) {
        this.close(member, component, began);
        return;
      }
      for (const one of component) {
        one.changed = false;
        one.state = "assumed";
      }
      this.round += 1;
    }
  }

  private check(member: Member<T>): void {
    member.state = "running";
    member.round = this.round;
    member.low = Math.min(member.low, member.place);
    this.running.push(member);
    let next = member.outcome;
    member.found = this.checker.check(member.function, (found) => {
      next = joinOutcomes(member.outcome, found);
      return next;
    });
    this.running.pop();
    member.changed ||= !sameOutcome(member.outcome, next);
    const isFirst = member.outcome.result === undefined || member.checks < 2;
    member.outcome = isFirst ? next : widenOutcome(member.outcome, next, member.checks > 40);
    member.checks += 1;
  }

  private close(head: Member<T>, component: readonly Member<T>[], began: number): void {
    const current = component.filter(({ round }) => round >= began);
    const waits = current.some(({ outcome, found }) => outcome.result === undefined && found?.waits);
    if (head.outcome.result === undefined && waits && !current.some(({ found }) => found?.throws))
      this.checker.neverReturns(head.function);
    this.stack.length = head.place;
    for (const member of component) {
      member.state = "done";
      // nothing asked for it in the last round: what it was found to give may not hold
      if (member.round < began) this.members.delete(member.key);
    }
  }
}

/** What was assumed, and what was found. An assumption without a result assumed nothing. */
function joinOutcomes(assumed: Outcome, found: Outcome): Outcome {
  if (assumed.result === undefined) return { result: found.result, after: found.after };
  if (found.result === undefined) return assumed;
  const after = found.after.map((fact, i) => {
    const known = assumed.after[i];
    return fact === undefined || known === undefined ? undefined : join(known, fact);
  });
  return { result: join(assumed.result, found.result), after };
}

const sameOrNone = (a: Fact | undefined, b: Fact | undefined): boolean =>
  a === undefined || b === undefined ? a === b : sameFact(a, b);

const sameOutcome = (a: Outcome, b: Outcome): boolean =>
  sameOrNone(a.result, b.result) && b.after.every((fact, i) => sameOrNone(a.after[i], fact));

function widenOutcome(before: Outcome, next: Outcome, giveUp: boolean): Outcome {
  const widened = (was: Fact | undefined, is: Fact | undefined) =>
    was === undefined || is === undefined ? is : widenFact(was, is, giveUp);
  return {
    result: widened(before.result, next.result),
    after: next.after.map((fact, i) => widened(before.after[i], fact)),
  };
}
