//! A filter of system calls: actions by the calls' numbers become a program that the kernel runs for each call.
//!
//! The numbers are searched for by halves, which pays when the filter is installed: the kernel then follows the
//! program for every call that it has, to remember those that are always allowed.

use std::collections::BTreeMap;

use libc::{
    BPF_ABS, BPF_ALU, BPF_AND, BPF_JA, BPF_JEQ, BPF_JGE, BPF_JMP, BPF_K, BPF_LD, BPF_RET, BPF_W, sock_filter,
};

/// What becomes of a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum CallAction {
    /// It is done.
    Allow,
    /// It fails, as one that the kernel does not have.
    Absent,
    /// It ends the process.
    Kill,
    /// It is done if an argument is right, and fails otherwise.
    If(Argument),
}

/// What is right in an argument that the kernel takes to be of 32 bits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Argument {
    /// Its place, from 0.
    pub(super) place: u32,
    /// The bits that count.
    pub(super) mask: u32,
    /// What they may be.
    pub(super) values: Vec<u32>,
}

/// Offsets in what a filter sees of a call, `struct seccomp_data`.
const NUMBER: u32 = 0;
const MACHINE: u32 = 4;
const ARGUMENTS: u32 = 16;

/// The program for a machine. Calls that the table does not have are absent; those of the machine's other modes
/// end the process.
pub(super) fn program(machine: u32, table: &BTreeMap<u32, CallAction>) -> Vec<sock_filter> {
    let mut program = Backwards::default();
    let other = program.leave(libc::SECCOMP_RET_KILL_PROCESS);
    let found = program.search(&spans(table));
    program.go_on_at(found);
    let number = program.push(instruction(BPF_LD | BPF_W | BPF_ABS, NUMBER));
    program.branch(BPF_JEQ, machine, number, other);
    program.push(instruction(BPF_LD | BPF_W | BPF_ABS, MACHINE));
    program.reversed.into_iter().rev().collect()
}

/// Where actions change: each holds from its number on.
fn spans(table: &BTreeMap<u32, CallAction>) -> Vec<(u32, &CallAction)> {
    let mut spans = vec![(0, &CallAction::Absent)];
    for (&number, action) in table {
        if spans.last().is_some_and(|&(from, _)| from == number) {
            spans.pop();
        }
        spans.push((number, action));
        spans.extend(number.checked_add(1).map(|next| (next, &CallAction::Absent)));
    }
    spans.dedup_by_key(|&mut (_, action)| action);
    spans
}

/// A program from its end to its beginning: jumps lead forwards, so that it is known how far, and what ends in the same way
/// shares its end. A shorter program is compiled sooner.
#[derive(Default)]
struct Backwards {
    /// The last instruction first.
    reversed: Vec<sock_filter>,
    /// The ends that are there, by what they return.
    ends: BTreeMap<u32, Position>,
}

/// The position of an instruction among the reversed ones.
type Position = usize;

impl Backwards {
    fn push(&mut self, instruction: sock_filter) -> Position {
        self.reversed.push(instruction);
        self.reversed.len() - 1
    }

    /// An end that returns this.
    fn leave(&mut self, action: u32) -> Position {
        if let Some(&end) = self.ends.get(&action) {
            return end;
        }
        let end = self.push(instruction(BPF_RET | BPF_K, action));
        self.ends.insert(action, end);
        end
    }

    /// Sees to it that what is put in front goes on at a position.
    fn go_on_at(&mut self, to: Position) {
        let over = self.reversed.len() - 1 - to;
        if over > 0 {
            self.push(instruction(BPF_JMP | BPF_JA, over as u32));
        }
    }

    /// A position that a condition leads to from here, and from in front of one more jump.
    fn near(&mut self, to: Position) -> Position {
        if self.reversed.len() - to < usize::from(u8::MAX) {
            return to;
        }
        self.go_on_at(to);
        self.reversed.len() - 1
    }

    /// Goes on at `yes` if the comparison holds, and at `no` if it does not.
    fn branch(&mut self, comparison: u32, k: u32, yes: Position, no: Position) -> Position {
        let (yes, no) = (self.near(yes), self.near(no));
        let over = |to: Position| (self.reversed.len() - 1 - to) as u8;
        let (jt, jf) = (over(yes), over(no));
        self.push(sock_filter { jt, jf, ..instruction(BPF_JMP | comparison | BPF_K, k) })
    }

    /// Finds the span that the number is in.
    fn search(&mut self, spans: &[(u32, &CallAction)]) -> Position {
        match spans {
            [] => self.decide(&CallAction::Absent),
            [(_, action)] => self.decide(action),
            spans => {
                let (below, from) = spans.split_at(spans.len() / 2);
                let (below, first) = (self.search(below), from[0].0);
                let from = self.search(from);
                self.branch(BPF_JGE, first, from, below)
            }
        }
    }

    /// Acts on an action.
    fn decide(&mut self, action: &CallAction) -> Position {
        let failed = |error: i32| libc::SECCOMP_RET_ERRNO | error.cast_unsigned();
        match action {
            CallAction::Allow => self.leave(libc::SECCOMP_RET_ALLOW),
            CallAction::Absent => self.leave(failed(libc::ENOSYS)),
            CallAction::Kill => self.leave(libc::SECCOMP_RET_KILL_PROCESS),
            CallAction::If(Argument { place, mask, values }) => {
                let allowed = self.leave(libc::SECCOMP_RET_ALLOW);
                let refused = self.leave(failed(libc::EPERM));
                let compared =
                    values.iter().fold(refused, |no, &value| self.branch(BPF_JEQ, value, allowed, no));
                self.go_on_at(compared);
                self.push(instruction(BPF_ALU | BPF_AND | BPF_K, *mask));
                self.push(instruction(BPF_LD | BPF_W | BPF_ABS, ARGUMENTS + place * 8))
            }
        }
    }
}

fn instruction(code: u32, k: u32) -> sock_filter {
    sock_filter { code: code as u16, jt: 0, jf: 0, k }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    const HERE: u32 = 0xc000_003e;

    /// What the kernel would do: runs a program on a call.
    pub(in super::super) fn run(
        program: &[sock_filter],
        machine: u32,
        number: u32,
        arguments: &[u32],
    ) -> u32 {
        let mut accumulator = 0;
        let mut at = 0;
        loop {
            let sock_filter { code, jt, jf, k } = program[at];
            at += 1;
            let is_so = match u32::from(code) & !BPF_JMP {
                BPF_JEQ => accumulator == k,
                _ => accumulator >= k,
            };
            match u32::from(code) {
                code if code == BPF_LD | BPF_W | BPF_ABS => {
                    accumulator = match k {
                        NUMBER => number,
                        MACHINE => machine,
                        _ => arguments[(k - ARGUMENTS) as usize / 8],
                    };
                }
                code if code == BPF_ALU | BPF_AND | BPF_K => accumulator &= k,
                code if code == BPF_JMP | BPF_JA => at += k as usize,
                code if code == BPF_RET | BPF_K => return k,
                code if code & 7 == BPF_JMP => at += usize::from(if is_so { jt } else { jf }),
                code => panic!("{code:#x}"),
            }
        }
    }

    fn expected(action: Option<&CallAction>, arguments: &[u32]) -> u32 {
        match action {
            Some(CallAction::Allow) => libc::SECCOMP_RET_ALLOW,
            None | Some(CallAction::Absent) => libc::SECCOMP_RET_ERRNO | libc::ENOSYS as u32,
            Some(CallAction::Kill) => libc::SECCOMP_RET_KILL_PROCESS,
            Some(CallAction::If(is)) if is.values.contains(&(arguments[is.place as usize] & is.mask)) => {
                libc::SECCOMP_RET_ALLOW
            }
            Some(CallAction::If(_)) => libc::SECCOMP_RET_ERRNO | libc::EPERM as u32,
        }
    }

    fn check(table: &BTreeMap<u32, CallAction>) {
        let program = program(HERE, table);
        for arguments in [[0, 0], [1, 0], [0, 5], [2, 7]] {
            for number in (0..600).chain([1 << 30, (1 << 30) + 1, u32::MAX]) {
                let got = run(&program, HERE, number, &arguments);
                assert_eq!(got, expected(table.get(&number), &arguments), "{number} {arguments:?}");
            }
        }
        assert_eq!(run(&program, HERE + 1, 0, &[]), libc::SECCOMP_RET_KILL_PROCESS);
    }

    #[test]
    fn each_call_gets_its_action() {
        let one =
            |place, values: &[u32]| CallAction::If(Argument { place, mask: 5, values: values.to_vec() });
        check(&BTreeMap::new());
        check(&BTreeMap::from([(0, CallAction::Allow)]));
        check(&BTreeMap::from([(7, CallAction::Kill), (8, CallAction::Absent), (9, CallAction::Allow)]));
        check(&BTreeMap::from([(u32::MAX, CallAction::Allow), (599, one(1, &[]))]));
        // Enough for jumps that are longer than a condition can be.
        let many = (0..500).step_by(3).map(|number| {
            let actions = [CallAction::Allow, CallAction::Kill, one(0, &[0, 1]), one(1, &[5])];
            (number, actions[number as usize % 4].clone())
        });
        check(&many.collect());
    }
}
