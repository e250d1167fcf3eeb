//! What evaluating the checks of a lesson may cost.
//!
//! A step is one part of an expression that is evaluated, one item that is gone through, compared or copied, or
//! [`BYTES_OF_STEP`] bytes of text that are compared, searched or joined. Whatever an expression makes it has paid for, so a bound on
//! steps is one on memory too: an item that is made takes 32 bytes, a joined text its length.
//!
//! The costliest check that was found spends its steps in 0.027 s of optimized code, on a pattern with 250 places; without a pattern
//! it is less than 0.01 s.

/// How many steps one check may take.
pub const MAX_STEPS: usize = 200_000;

/// How many steps all checks of a lesson may take together, for one look at a manifest.
pub const MAX_STEPS_OF_LESSON: usize = 600_000;

/// How many bytes of text count as a step.
const BYTES_OF_STEP: usize = 16;

/// The steps that are left for the checks of a lesson.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Budget {
    check: usize,
    later_checks: usize,
}

impl Default for Budget {
    fn default() -> Self {
        Self { check: 0, later_checks: MAX_STEPS_OF_LESSON }
    }
}

impl Budget {
    /// The budget of the next check.
    pub(super) fn begin(&mut self) -> &mut Self {
        self.later_checks += std::mem::take(&mut self.check);
        self.check = self.later_checks.min(MAX_STEPS);
        self.later_checks -= self.check;
        self
    }

    /// Takes `steps`; false where no more are left, and then for ever.
    pub(super) fn take(&mut self, steps: usize) -> bool {
        let left = self.check.checked_sub(steps);
        self.check = left.unwrap_or_default();
        left.is_some()
    }

    /// Takes the steps of so many `bytes` of text.
    pub(super) fn take_text(&mut self, bytes: usize) -> bool {
        self.take(bytes / BYTES_OF_STEP)
    }

    /// Why a check was not finished.
    pub(super) fn refusal(&self) -> String {
        match self.later_checks {
            0 => format!(
                "the checks of this lesson take more than {MAX_STEPS_OF_LESSON} steps together for this manifest: let them go through less"
            ),
            _ => format!("the check takes more than {MAX_STEPS} steps for this manifest: let it go through less"),
        }
    }
}
