//! Answers that are one of a list, with the words people read.

use serde::{Deserialize, Serialize};

/// Declares a choice: its JSON names, its words, and the list of all.
macro_rules! choice {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $json:literal, $label:literal;)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        pub enum $name {
            $(
                $(#[$variant_doc])*
                #[serde(rename = $json)]
                // Within a macro the schema does not see what serde is told.
                #[cfg_attr(feature = "openapi", schema(rename = $json))]
                $variant,
            )*
        }

        impl $name {
            /// All of them, in the order in which they are offered.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The JSON name.
            #[must_use]
            pub const fn id(self) -> &'static str {
                match self { $(Self::$variant => $json,)* }
            }

            /// The words people read.
            #[must_use]
            pub const fn label(self) -> &'static str {
                match self { $(Self::$variant => $label,)* }
            }
        }

        impl std::str::FromStr for $name {
            type Err = String;
            fn from_str(text: &str) -> Result<Self, String> {
                match text {
                    $($json => Ok(Self::$variant),)*
                    _ => Err(format!("is not one of {}", [$($json),*].join(", "))),
                }
            }
        }
    };
}

choice! {
    /// What a component does.
    Kind {
        /// Answers HTTP requests with data.
        HttpApi = "http_api", "Answers HTTP requests (an API)";
        /// Answers HTTP requests with pages.
        WebApp = "web_app", "Serves web pages";
        /// Reacts to events such as uploads and webhooks.
        Event = "event", "Reacts to events: uploads, webhooks";
        /// Works off a queue.
        QueueWorker = "queue_worker", "Works off a queue";
        /// Runs on a schedule.
        ScheduledBatch = "scheduled_batch", "Runs on a schedule (batch)";
        /// Steps of a workflow.
        Workflow = "workflow", "Runs the steps of a workflow";
        /// Reads a stream.
        Stream = "stream", "Reads a stream of records";
        /// Holds WebSocket connections.
        Websocket = "websocket", "Holds WebSocket connections";
    }
}

impl Kind {
    /// Whether somebody waits for the answer over HTTP.
    #[must_use]
    pub const fn is_http(self) -> bool {
        matches!(self, Self::HttpApi | Self::WebApp)
    }

    /// Whether its container form is one task per job that runs and stops.
    #[must_use]
    pub const fn runs_and_stops(self) -> bool {
        matches!(self, Self::ScheduledBatch | Self::Workflow)
    }

    /// Whether one invocation may handle several messages.
    #[must_use]
    pub const fn is_batched(self) -> bool {
        matches!(self, Self::QueueWorker | Self::Stream)
    }

    /// Whether a queue in front lets a single instance be enough.
    #[must_use]
    pub const fn is_buffered(self) -> bool {
        matches!(self, Self::Event | Self::QueueWorker)
    }
}

choice! {
    /// What the platform must offer.
    Need {
        /// A graphics processor.
        Gpu = "gpu", "GPU";
        /// A disk that outlives the instance.
        PersistentDisk = "persistent_disk", "Persistent local disk";
        /// A TCP or UDP port of its own.
        RawTcp = "raw_tcp", "Raw TCP or UDP, gRPC server";
        /// Privileged containers or a kernel of one's own.
        Privileged = "privileged", "Privileged container or kernel modules";
        /// Runs other people's code.
        UntrustedCode = "untrusted_code", "Runs untrusted code";
        /// Windows.
        Windows = "windows", "Windows";
    }
}

choice! {
    /// What stands in front of a component.
    FrontDoor {
        /// What fits the platform and the kind.
        Auto = "auto", "Whatever fits the platform";
        /// Nothing.
        None = "none", "Nothing";
        /// A Lambda function URL.
        FunctionUrl = "function_url", "Function URL";
        /// An API Gateway HTTP API.
        HttpApi = "http_api", "API Gateway HTTP API";
        /// An API Gateway REST API.
        RestApi = "rest_api", "API Gateway REST API";
        /// An application load balancer.
        Alb = "alb", "Application Load Balancer";
    }
}

choice! {
    /// Commitment to buy.
    Commitment {
        /// On demand.
        None = "none", "On demand";
        /// Compute savings plan for a year.
        SavingsPlan1y = "savings_plan_1y", "Savings plan, one year";
        /// Compute savings plan for three years.
        SavingsPlan3y = "savings_plan_3y", "Savings plan, three years";
        /// Reservation for a year.
        Reserved1y = "reserved_1y", "Reserved, one year";
        /// Reservation for three years.
        Reserved3y = "reserved_3y", "Reserved, three years";
    }
}

choice! {
    /// How many zones it is spread over.
    Availability {
        /// One zone.
        OneZone = "one_zone", "One zone";
        /// Two zones.
        TwoZones = "two_zones", "Two zones";
        /// Three zones.
        ThreeZones = "three_zones", "Three zones";
    }
}

impl Availability {
    /// The number of zones.
    #[must_use]
    pub const fn zones(self) -> u32 {
        match self {
            Self::OneZone => 1,
            Self::TwoZones => 2,
            Self::ThreeZones => 3,
        }
    }
}

choice! {
    /// The percentile that a latency target speaks of.
    Percentile {
        /// Median.
        P50 = "p50", "P50";
        /// 90 %.
        P90 = "p90", "P90";
        /// 95 %.
        P95 = "p95", "P95";
        /// 99 %.
        P99 = "p99", "P99";
        /// 99.9 %.
        P999 = "p999", "P99.9";
    }
}

impl Percentile {
    /// The share of requests that are faster.
    #[must_use]
    pub const fn share(self) -> f64 {
        match self {
            Self::P50 => 0.5,
            Self::P90 => 0.9,
            Self::P95 => 0.95,
            Self::P99 => 0.99,
            Self::P999 => 0.999,
        }
    }
}

choice! {
    /// How sure an answer is.
    Provenance {
        /// Said by the user.
        Stated = "stated", "stated";
        /// Measured.
        Measured = "measured", "measured";
        /// Taken from the table of defaults, or the user's guess.
        Assumed = "assumed", "assumed";
        /// The user does not know: the default with its range.
        Unknown = "unknown", "unknown";
    }
}
