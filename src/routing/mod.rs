//! From a recipient to a list: the decision that everything else hangs on.

mod plan;

use core::fmt;

pub use self::plan::{Plan, PlannedRecipient, Scope, plan};
use crate::recipient::{Recipient, Role};

/// Where a recipient finds the trip.
///
/// # Example
///
/// ```
/// use peline::{List, Route};
///
/// assert_eq!(Route::Following.list(), Some(List::Following));
/// assert_eq!(Route::NotifyOnly.list(), None);
/// ```
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Route {
    /// The trip is imported as one's own.
    MyTrips,
    /// The trip is imported as somebody else's, whom one follows.
    Following,
    /// Nothing is imported: the mail is all.
    NotifyOnly,
}

impl Route {
    /// Every route.
    ///
    /// ```
    /// assert_eq!(peline::Route::ALL.len(), 3);
    /// ```
    pub const ALL: [Self; 3] = [Self::MyTrips, Self::Following, Self::NotifyOnly];

    /// The list that the trip is imported into; `None` where it is not imported.
    ///
    /// See the example of [`Route`].
    #[must_use]
    pub const fn list(self) -> Option<List> {
        match self {
            Self::MyTrips => Some(List::MyTrips),
            Self::Following => Some(List::Following),
            Self::NotifyOnly => None,
        }
    }

    /// What the recipient gets by mail.
    ///
    /// ```
    /// use peline::{ConfirmationMail, Route};
    /// assert_eq!(Route::NotifyOnly.mail(), ConfirmationMail::Copy);
    /// ```
    #[must_use]
    pub const fn mail(self) -> ConfirmationMail {
        match self {
            Self::MyTrips => ConfirmationMail::Message,
            Self::Following | Self::NotifyOnly => ConfirmationMail::Copy,
        }
    }

    /// The name that the JSON lines use.
    ///
    /// ```
    /// assert_eq!(peline::Route::NotifyOnly.name(), "notify_only");
    /// ```
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::MyTrips => "my_trips",
            Self::Following => "following",
            Self::NotifyOnly => "notify_only",
        }
    }
}

/// What the recipient finds, for people: `My Trips`, `Trips I'm Following`, `the mail only`.
impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.list().map_or("the mail only", List::web_title))
    }
}

/// A list of trips in a person's account.
///
/// | list | on the web | in the app |
/// |---|---|---|
/// | `MyTrips` | My Trips | Active trips |
/// | `Following` | Trips I'm Following | Following trips |
///
/// # Example
///
/// ```
/// use peline::List;
///
/// assert_eq!(List::Following.web_title(), "Trips I'm Following");
/// assert_eq!(List::MyTrips.app_title(), "Active trips");
/// assert_eq!(List::MyTrips.to_string(), "My Trips");
/// ```
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum List {
    /// One's own trips.
    MyTrips,
    /// The trips of others.
    Following,
}

/// Its title on the web, as that of a [`Route`].
impl fmt::Display for List {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.web_title())
    }
}

impl List {
    /// Both lists.
    ///
    /// ```
    /// assert_eq!(peline::List::ALL.len(), 2);
    /// ```
    pub const ALL: [Self; 2] = [Self::MyTrips, Self::Following];

    /// A name for programs.
    ///
    /// ```
    /// assert_eq!(peline::List::MyTrips.name(), "my_trips");
    /// ```
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::MyTrips => "my_trips",
            Self::Following => "following",
        }
    }

    /// What the list is called on the web.
    ///
    /// See the example of [`List`].
    #[must_use]
    pub const fn web_title(self) -> &'static str {
        match self {
            Self::MyTrips => "My Trips",
            Self::Following => "Trips I'm Following",
        }
    }

    /// What the list is called in the app.
    ///
    /// See the example of [`List`].
    #[must_use]
    pub const fn app_title(self) -> &'static str {
        match self {
            Self::MyTrips => "Active trips",
            Self::Following => "Following trips",
        }
    }
}

/// What a recipient gets of the confirmation mail.
///
/// ```
/// use peline::{ConfirmationMail, Route};
/// assert_eq!(Route::MyTrips.mail(), ConfirmationMail::Message);
/// ```
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum ConfirmationMail {
    /// The message.
    Message,
    /// A copy of it.
    Copy,
}

/// Decides what a recipient gets.
///
/// | role | confirmation mail | imported | list | route |
/// |---|---|---|---|---|
/// | To | the message | yes | My Trips | [`Route::MyTrips`] |
/// | Cc | a copy | yes | Trips I'm Following | [`Route::Following`] |
/// | Bc | a copy | no | none | [`Route::NotifyOnly`] |
///
/// Pure and total: the role alone decides, and every [`Recipient`] has one.
///
/// # Example
///
/// ```
/// use peline::{Route, pe::PeEntry, route};
///
/// let entry: PeEntry = "PE#agent@example.com#CC/".parse()?;
/// assert_eq!(route(&entry.recipient()?), Route::Following);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub const fn route(recipient: &Recipient) -> Route {
    route_role(recipient.role())
}

const fn route_role(role: Role) -> Route {
    match role {
        Role::To => Route::MyTrips,
        Role::Cc => Route::Following,
        Role::Bcc => Route::NotifyOnly,
    }
}

crate::text::by_name! { List Route }
