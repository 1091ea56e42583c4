//! AWS Lambda with `SnapStart`: environments are restored from a snapshot instead of initialized.
//!
//! Slower than init for small functions, much faster for frameworks. Only for managed runtimes
//! of Java, Python and .NET in zip packages, with at most 512 MB of disk.

use super::lambda::{Function, LambdaCosting, Snapshot, Start, architecture};
use super::{Costing, Platform};
use crate::evaluation::Family;
use crate::tariff::Tariffs;
use crate::workload::Workload;

/// AWS Lambda with `SnapStart`.
#[derive(Clone, Copy, Debug)]
pub(super) struct LambdaSnapStart;

impl Platform for LambdaSnapStart {
    fn id(&self) -> &'static str {
        "aws-lambda-snapstart"
    }

    fn label(&self) -> &'static str {
        "AWS Lambda with SnapStart"
    }

    fn family(&self) -> Family {
        Family::Serverless
    }

    fn operations_score(&self) -> u8 {
        0
    }

    fn prepare<'a>(
        &self,
        workload: &'a Workload,
        tariffs: &mut Tariffs<'a>,
    ) -> Box<dyn Costing + 'a> {
        let architecture = architecture(workload, tariffs);
        Box::new(LambdaCosting {
            platform: self.id(),
            snapshot: Some(Snapshot::new(workload, tariffs, architecture)),
            function: Function::new(workload, tariffs, architecture, Start::Restore),
            last: std::cell::Cell::default(),
        })
    }
}
