//! Under which circumstances something is run.

/// Under which circumstances a program is run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a circumstance of its own")]
pub(crate) struct When {
    /// In a loop.
    pub(crate) in_loop: bool,
    /// Only if something holds, or its failure is taken care of.
    pub(crate) guarded: bool,
    /// The test that is all it depends on, by its place among the calls, if that asks for a file and is to find none.
    pub(crate) unless: Option<usize>,
    /// After something that waits until something holds.
    pub(crate) waited: bool,
    /// After some time.
    pub(crate) slept: bool,
    /// Beside what follows it.
    pub(crate) background: bool,
    /// In a shell of its own, which changes nothing for what follows it: `( … )`.
    pub(crate) apart: bool,
    /// As what a loop waits for.
    pub(crate) awaited: bool,
    /// As the one thing that a loop waits for: nothing else lets the script come to what follows.
    pub(crate) decisive: bool,
    /// Again and again until it does well, whatever else holds.
    pub(crate) retried: bool,
    /// Where a shell goes on after a failure, unless it was told to stop at one.
    pub(crate) unheeded: bool,
    /// Where a shell goes on after a failure even then: in a condition, behind `!`, left of `&&` or `||`, in a word of a command.
    pub(crate) forgiven: bool,
    /// Left of a `|`, where it goes on as well unless it was told to mind failures in pipes.
    pub(crate) piped: bool,
    /// Where it may not come to: behind `&&`, in a loop that asks something first, and behind what leaves a loop or
    /// goes on with its next run.
    pub(crate) passed_over: bool,
}

impl When {
    /// These circumstances within those of `outer`.
    pub(crate) fn within(self, outer: Self) -> Self {
        Self {
            in_loop: self.in_loop || outer.in_loop,
            guarded: self.guarded || outer.guarded,
            unless: self.unless.filter(|_| !outer.guarded).or(outer.unless.filter(|_| !self.guarded)),
            waited: self.waited || outer.waited,
            slept: self.slept || outer.slept,
            background: self.background || outer.background,
            apart: self.apart || outer.apart,
            awaited: self.awaited || outer.awaited,
            decisive: self.decisive && !outer.guarded && !outer.background,
            retried: self.retried && !outer.guarded,
            unheeded: self.unheeded || outer.unheeded,
            forgiven: self.forgiven || outer.forgiven,
            piped: self.piped || outer.piped,
            passed_over: self.passed_over || outer.passed_over,
        }
    }
}
