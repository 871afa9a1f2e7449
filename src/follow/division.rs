//! A booking that is divided: two trips of one.

use std::collections::{BTreeMap, BTreeSet};

use super::{Effect, HeldTrip, Host, step::Done};
use crate::{pe::NameReference, routing::Scope, trip::TripId};

impl HeldTrip {
    /// The trip of some of its travellers, whose names were moved to a booking of their own: as it is held now,
    /// under its own key, with the places that it takes on lists.
    ///
    /// `names` are the numbers of those names in the old and in the new booking. Holdings, shares and marks come
    /// along; who is in the PE field for other names only does not, nor do documents that are not for one of
    /// these names. The trip itself goes on for those who stay. The new locator comes as
    /// [`Command::ReplaceBooking`](super::Command::ReplaceBooking) then.
    ///
    /// # Example
    ///
    /// ```
    /// # use jiff::civil::date;
    /// # use peline::{Address, follow::*, pe, trip::*};
    /// # struct Service;
    /// # impl Host for Service {
    /// #     fn account(&self, address: &Address) -> Option<AccountId> {
    /// #         Some(AccountId::new(if address.as_str().starts_with("JANE") { 1 } else { 2 }))
    /// #     }
    /// # }
    /// # let flight = Flight::new("LHR".parse()?, "SIN".parse()?, date(2026, 12, 1));
    /// # let (booking, itinerary) = ("1S/KWJQPD".parse()?, Itinerary::new([flight], [])?);
    /// # let now = "2026-11-01T10:00:00Z".parse()?;
    /// let script = "PE‡JANE@EXAMPLE.COM‡-1.1\nPE‡JOHN@EXAMPLE.COM‡-2.1\n";
    /// let plan = pe::scan(script.as_bytes()).collect();
    /// let import = Command::Import(Confirmation::from_pnr(booking, now, itinerary, &plan));
    /// let (both, _) = HeldTrip::new(TripId::new(1)).step(import, now, &Service)?;
    /// assert_eq!(both.holders().count(), 2);
    ///
    /// let names = [("2.1".parse()?, "1.1".parse()?)].into();
    /// let (of_john, effects) = both.divided(TripId::new(2), &names, &Service);
    /// assert_eq!(of_john.holders().map(|(account, _)| account).collect::<Vec<_>>(), [AccountId::new(2)]);
    /// assert_eq!(effects.len(), 1);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn divided(
        &self,
        id: TripId,
        names: &BTreeMap<NameReference, NameReference>,
        host: &impl Host,
    ) -> (Self, Vec<Effect>) {
        let mut held = self.clone();
        held.id = id;
        if let Some(trip) = &mut held.trip {
            trip.rename_documents(|name| names.get(&name).copied());
        }
        let mut strangers = BTreeSet::new();
        for (address, entry) in &mut held.entries {
            let Scope::Names(of) = &entry.scope else {
                continue;
            };
            let moved = names.iter().filter(|(old, _)| {
                let item = NameReference::new(old.item(), None);
                of.contains(old) || item.is_some_and(|item| of.contains(&item))
            });
            let moved: BTreeSet<_> = moved.map(|(_, new)| *new).collect();
            match moved.is_empty() {
                true => {
                    strangers.insert(address.clone());
                }
                false => entry.scope = Scope::Names(moved),
            }
        }
        held.forget_imports(|address, _| strangers.contains(address));
        held.entries
            .retain(|address, _| !strangers.contains(address));
        let mut done = Done::default();
        held.settle(&mut done, host);
        let effects = held.effects(&BTreeMap::new(), done, host);
        (held, effects)
    }
}
