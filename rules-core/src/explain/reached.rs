//! Which of the points that the cases of a pack should reach one case has reached.

use super::explanation::Explanation;
use crate::eval::Observations;
use crate::program::{Point, Step, at};

impl<'d> Explanation<'d> {
    /// Whether the case has reached the point.
    pub(crate) fn reaches(&self, point: Point) -> bool {
        let Self { program, results, .. } = self;
        match point {
            Point::State { decision, state } => results.state(program, decision) == state,
            Point::Row { decision, row } => self.seen(decision).is_some_and(|seen| seen.rows.contains(&(row, true))),
            Point::Default { decision } => self.seen(decision).is_some_and(|seen| seen.default_row == Some(true)),
            Point::Trigger { decision, trigger, state } => results
                .triggers()
                .iter()
                .any(|result| (result.decision, result.trigger, result.state) == (decision, trigger, state)),
            Point::Period { parameter, period } => self.reads_in(parameter, period),
            Point::Alternative { reading, alternative } => results.tells(reading, alternative),
        }
    }

    fn seen(&self, decision: u32) -> Option<&'d Observations> {
        at(&self.recorder.decisions, decision)
    }

    /// Whether a decision has read a parameter in a period, itself or by way of a reading or of another parameter.
    fn reads_in(&self, parameter: u32, period: u32) -> bool {
        let Self { program, results, recorder, .. } = self;
        if recorder.decisions.iter().any(|seen| seen.parameters.contains(&(parameter, Some(period)))) {
            return true;
        }
        let reads = |step: &Step| {
            let is_read = match step {
                Step::Reading(reading) => results.is_read(*reading),
                Step::Parameter(_) => true,
                Step::Decision(_) => false,
            };
            is_read && program.reads(*step).is_some_and(|reads| reads.parameters.contains(&parameter))
        };
        let in_period = results.parameter(parameter).is_some_and(|result| result.period == Some(period));
        in_period && program.steps.iter().any(reads)
    }
}
