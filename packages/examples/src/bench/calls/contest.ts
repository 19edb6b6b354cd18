// Contests: the same work done by us and by peers. All contests of a run take turns, a turn of every contestant a
// round, so that a busy moment of the machine falls on few turns of any one of them. Never prints.
import type { Row } from "../report.ts";
import { median } from "../statistics.ts";

/** Does the work once and gives its time, in the contest's unit. */
export type Turn = () => number;

export interface Contest {
  readonly what: string;
  readonly unit: Row["unit"];
  readonly cfunc: Turn;
  readonly peers: readonly Peer[];
}

export interface Peer {
  readonly name: string;
  readonly turn: Turn;
  /** The largest ratio wanted: our time divided by the peer's. */
  readonly target?: number;
}

/** A row for every peer of every contest: medians of `rounds` turns, after one round that only warms up. */
export function hold(contests: readonly Contest[], rounds: number): Row[] {
  const tracks = contests.map((contest) => ({
    contest,
    cfunc: track(contest.cfunc),
    peers: contest.peers.map((peer) => ({ peer, times: track(peer.turn) })),
  }));
  for (let round = 0; round <= rounds; round++) {
    for (const { cfunc, peers } of tracks) {
      cfunc.turn(round > 0);
      for (const { times } of peers) times.turn(round > 0);
    }
  }
  return tracks.flatMap(({ contest: { what, unit }, cfunc, peers }) =>
    peers.map(({ peer: { name, target }, times }): Row => {
      const row = { what, unit, value: cfunc.median(), peer: name, peerValue: times.median() };
      return target === undefined ? row : { ...row, target };
    }),
  );
}

function track(turn: Turn) {
  const times: number[] = [];
  return {
    turn(counts: boolean) {
      const time = turn();
      if (counts) times.push(time);
    },
    median: () => median(times),
  };
}
