//! How trips are stored: what is read goes through the checks of its type.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{
    BookingId, Document, DocumentKind, DocumentNumber, Flight, Itinerary, ItineraryError,
    PersonName, Provenance, Traveller, Trip,
};
use crate::{
    pe::NameReference,
    text::{Unfit, stored},
};

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct StoredTraveller {
    name: PersonName,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    name_reference: Option<NameReference>,
}

impl From<Traveller> for StoredTraveller {
    fn from(
        Traveller {
            name,
            name_reference,
        }: Traveller,
    ) -> Self {
        Self {
            name,
            name_reference,
        }
    }
}

impl From<StoredTraveller> for Traveller {
    fn from(
        StoredTraveller {
            name,
            name_reference,
        }: StoredTraveller,
    ) -> Self {
        Self {
            name,
            name_reference,
        }
    }
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct StoredItinerary {
    flights: Box<[Flight]>,
    #[serde(default)]
    travellers: Box<[Traveller]>,
}

impl From<Itinerary> for StoredItinerary {
    fn from(itinerary: Itinerary) -> Self {
        let Itinerary {
            flights,
            travellers,
        } = itinerary;
        Self {
            flights,
            travellers,
        }
    }
}

impl TryFrom<StoredItinerary> for Itinerary {
    type Error = ItineraryError;

    fn try_from(stored: StoredItinerary) -> Result<Self, ItineraryError> {
        Self::new(stored.flights, stored.travellers)
    }
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct StoredDocument {
    kind: DocumentKind,
    number: DocumentNumber,
    issued: Timestamp,
    #[serde(default)]
    place: Box<str>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    name: Option<NameReference>,
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    void: bool,
}

impl From<Document> for StoredDocument {
    fn from(document: Document) -> Self {
        let Document {
            kind,
            number,
            issued,
            place,
            name,
            void,
        } = document;
        Self {
            kind,
            number,
            issued,
            place,
            name,
            void,
        }
    }
}

impl From<StoredDocument> for Document {
    fn from(stored: StoredDocument) -> Self {
        Self {
            kind: stored.kind,
            number: stored.number,
            issued: stored.issued,
            place: stored.place,
            name: stored.name,
            void: stored.void,
        }
    }
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct StoredTrip {
    provenance: Provenance,
    #[serde(default)]
    replaced: BTreeMap<BookingId, Timestamp>,
    #[serde(default)]
    turn: u32,
    #[serde(default)]
    outdated: bool,
    issued: Timestamp,
    itinerary: Itinerary,
    #[serde(default)]
    cancelled: BTreeSet<Timestamp>,
    #[serde(default)]
    cancelled_before: BTreeSet<Timestamp>,
    #[serde(default)]
    cancelled_flights: BTreeSet<usize>,
    #[serde(default)]
    documents: Vec<Document>,
}

impl From<Trip> for StoredTrip {
    fn from(trip: Trip) -> Self {
        let Trip {
            provenance,
            replaced,
            turn,
            outdated,
            issued,
            itinerary,
            cancelled,
            cancelled_before,
            gone,
            documents,
        } = trip;
        Self {
            provenance,
            replaced,
            turn,
            outdated,
            issued,
            itinerary,
            cancelled,
            cancelled_before,
            cancelled_flights: gone,
            documents: documents.into_values().collect(),
        }
    }
}

impl TryFrom<StoredTrip> for Trip {
    type Error = Unfit;

    fn try_from(stored: StoredTrip) -> Result<Self, Unfit> {
        let count = stored.documents.len();
        let documents = stored.documents.into_iter();
        let documents: BTreeMap<_, _> = documents
            .map(|document| ((document.kind, document.number.clone()), document))
            .collect();
        let trip = Self {
            provenance: stored.provenance,
            replaced: stored.replaced,
            turn: stored.turn,
            outdated: stored.outdated,
            issued: stored.issued,
            itinerary: stored.itinerary,
            cancelled: stored.cancelled,
            cancelled_before: stored.cancelled_before,
            gone: stored.cancelled_flights,
            documents,
        };
        let flights = trip.itinerary.flights().len();
        let booking = trip.provenance.booking();
        let replaced = match booking {
            Some(booking) => {
                !trip.replaced.contains_key(booking)
                    && (!trip.outdated || !trip.replaced.is_empty())
            }
            None => trip.replaced.is_empty() && trip.cancelled().is_none() && !trip.outdated,
        };
        let gone = trip.gone.last().is_none_or(|last| *last < flights)
            && (trip.gone.is_empty() || trip.cancelled().is_some())
            && (trip.outdated || trip.cancelled_before.is_empty())
            && (trip.outdated || trip.cancelled().is_none_or(|at| at >= trip.issued));
        let mut indexed = trip.itinerary.flights().iter().enumerate();
        let taken = trip.cancelled().is_none_or(|at| {
            indexed
                .all(|(index, flight)| trip.gone.contains(&index) || flight.may_have_departed(at))
        });
        let turn = usize::try_from(trip.turn).is_ok_and(|turn| trip.replaced.len() <= turn)
            && (trip.turn == 0) == trip.replaced.is_empty();
        match replaced && turn && gone && taken && trip.documents.len() == count {
            true => Ok(trip),
            false => Err(Unfit::Impossible),
        }
    }
}

stored! {
    Traveller as StoredTraveller: "a traveller";
    Itinerary as StoredItinerary: "an itinerary";
    Document as StoredDocument: "a document";
    Trip as StoredTrip: "a trip";
}
