// Code is loaded only from files that no other user can replace. Looks at the file and at every folder above it.
// Never changes a permission.
import { realpathSync, statSync } from "node:fs";
import { dirname } from "node:path";

const groupWrite = 0o020;
const otherWrite = 0o002;
const sticky = 0o1000;

/** Why `path` cannot be trusted: who other than root and this user may write it. `undefined` if nobody can. */
export function whoElseCanWrite(path: string): string | undefined {
  const me = process.getuid?.() ?? 0;
  for (let at = realpathSync(path), first = true; ; at = dirname(at), first = false) {
    const { uid, gid, mode } = statSync(at);
    if (uid !== 0 && uid !== me) return `${at} belongs to another user (id ${uid}), who can replace it`;
    // In a sticky folder such as /tmp nobody can rename or delete what belongs to somebody else.
    const shielded = !first && (mode & sticky) !== 0;
    if ((mode & otherWrite) !== 0 && !shielded) return `every user can write ${at}`;
    // A group with the user's own number is that user's private group.
    if ((mode & groupWrite) !== 0 && gid !== 0 && gid !== me && !shielded) return `group ${gid} can write ${at}`;
    if (at === dirname(at)) return undefined;
  }
}
