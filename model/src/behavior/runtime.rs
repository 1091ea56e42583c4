//! What a component is written in and what it runs on: the names that answers,
//! measurements and prices share.

use serde::{Deserialize, Serialize};

/// Declares an enum of public names with its list and its labels.
macro_rules! names {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $text:literal, $label:literal;)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        pub enum $name {
            $(
                $(#[$variant_doc])*
                #[serde(rename = $text)]
                // Within a macro the schema does not see what serde is told.
                #[cfg_attr(feature = "openapi", schema(rename = $text))]
                $variant,
            )+
        }

        impl $name {
            /// All of them, in the order in which they are offered.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The name in answers and data files.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $text,)+
                }
            }

            /// The name shown to people.
            #[must_use]
            pub const fn label(self) -> &'static str {
                match self {
                    $(Self::$variant => $label,)+
                }
            }
        }
    };
}

names! {
    /// The language a component is written in.
    Language {
        /// JavaScript or TypeScript on Node.js.
        Nodejs = "nodejs", "Node.js";
        /// Python.
        Python = "python", "Python";
        /// Java, or another language of the JVM.
        Java = "java", "Java";
        /// C# or F# on .NET.
        Dotnet = "dotnet", ".NET";
        /// Go.
        Go = "go", "Go";
        /// Ruby.
        Ruby = "ruby", "Ruby";
        /// Rust.
        Rust = "rust", "Rust";
        /// Any other; a measured stand-in is named in the data.
        Other = "other", "another language";
    }
}

names! {
    /// The framework that starts with the component.
    Framework {
        /// A plain handler.
        None = "none", "None";
        /// Express, or a like server of Node.js.
        Express = "express", "Express";
        /// `FastAPI`, or a like server of Python.
        Fastapi = "fastapi", "FastAPI";
        /// Spring Boot.
        Spring = "spring", "Spring Boot";
        /// Quarkus on the JVM.
        Quarkus = "quarkus", "Quarkus";
        /// Micronaut on the JVM.
        Micronaut = "micronaut", "Micronaut";
        /// ASP.NET Core.
        Aspnet = "aspnet", "ASP.NET Core";
        /// Any other; an add-on stands in the data.
        Other = "other", "Another framework";
    }
}

names! {
    /// The processor architecture.
    Architecture {
        /// Intel and AMD.
        X86_64 = "x86_64", "x86";
        /// AWS Graviton.
        Arm64 = "arm64", "Arm (Graviton)";
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_the_json() {
        for &language in Language::ALL {
            assert_eq!(
                serde_json::to_string(&language).unwrap(),
                format!("\"{}\"", language.name())
            );
        }
        for &framework in Framework::ALL {
            assert_eq!(
                serde_json::to_string(&framework).unwrap(),
                format!("\"{}\"", framework.name())
            );
        }
        for &architecture in Architecture::ALL {
            assert_eq!(
                serde_json::to_string(&architecture).unwrap(),
                format!("\"{}\"", architecture.name())
            );
        }
    }
}
