//! A quote as a table that can be shown to the client.

use core::fmt;
use std::collections::BTreeMap;

use super::{Amount, Payee, PayerId, Quote, RecordLanguage, ReturnTo, Side};
use crate::pe::NameReference;

/// A quote as a table: each passenger's parts, what is due, what goes back, the new total.
///
/// Its `Display` is a text of even columns.
///
/// # Example
///
/// ```
/// # mod example { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/suite/example.rs")); }
/// use peline::change::{Breakdown, RecordLanguage, Row, State};
///
/// fn html_row(row: &Row) -> String {
///     let passenger = row.passenger().map(|it| it.to_string()).unwrap_or_default();
///     format!("<tr><td>{passenger}<td>{}<td>{}{}", row.label(), row.sign(), row.amount())
/// }
///
/// # let (case, _) = example::case_in(State::Approval);
/// let table: Breakdown = case.quote().unwrap().breakdown(RecordLanguage::Spanish);
/// assert_eq!(html_row(&table.rows()[0]), "<tr><td>1.1<td>Diferencia de tarifa<td>EUR 200.00");
/// assert_eq!(html_row(table.rows().last().unwrap()), "<tr><td><td>Nuevo total del billete<td>EUR 535.00");
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Breakdown {
    rows: Vec<Row>,
}

/// A row of a breakdown.
///
/// See the example of [`Breakdown`].
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Row {
    passenger: Option<NameReference>,
    label: String,
    amount: Amount,
    side: Side,
}

impl Row {
    /// Whose part it is; `None` for the sums.
    ///
    /// See the example of [`Breakdown`].
    #[must_use]
    pub const fn passenger(&self) -> Option<NameReference> {
        self.passenger
    }

    /// What it is, in words.
    ///
    /// See the example of [`Breakdown`].
    #[must_use]
    pub fn label(&self) -> &str {
        &self.label
    }

    /// How much.
    ///
    /// See the example of [`Breakdown`].
    #[must_use]
    pub const fn amount(&self) -> Amount {
        self.amount
    }

    /// A minus for what is taken away, else nothing.
    ///
    /// See the example of [`Breakdown`].
    #[must_use]
    pub const fn sign(&self) -> &'static str {
        match self.side {
            Side::Charge => "",
            Side::Deduction => "-",
        }
    }
}

impl Breakdown {
    /// The rows, in their order.
    ///
    /// See the example of [`Breakdown`].
    #[must_use]
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }
}

impl Quote {
    /// The quote as a table.
    ///
    /// See the example of [`Breakdown`].
    #[must_use]
    pub fn breakdown(&self, language: RecordLanguage) -> Breakdown {
        let row = |passenger, label: String, amount, side| Row {
            passenger,
            label,
            amount,
            side,
        };
        let sum = |english, spanish, amount| {
            let label = language.pick(english, spanish).to_owned();
            row(None, label, amount, Side::Charge)
        };
        let mut rows = Vec::new();
        for passenger in &self.passengers {
            let parts = passenger.parts().into_iter();
            rows.extend(parts.map(|part| {
                let label = language.part(part.kind);
                row(Some(passenger.passenger), label, part.amount, part.side)
            }));
        }
        if let Some(netted) = self.netted().filter(|netted| !netted.is_zero()) {
            let label = language.pick(
                "Set off against refunds of the same payer",
                "Compensado con devoluciones al mismo pagador",
            );
            rows.push(row(None, label.to_owned(), netted, Side::Deduction));
        }
        rows.push(sum("Due now", "A pagar ahora", self.due));
        let mut own: BTreeMap<PayerId, Vec<String>> = BTreeMap::new();
        for passenger in &self.passengers {
            let own = own.entry(passenger.payer).or_default();
            own.push(passenger.passenger.to_string());
        }
        let of = |payer| {
            own.get(&payer)
                .map(|own| own.join(", "))
                .unwrap_or_default()
        };
        let several = self.accounts.len() > 1;
        for account in self
            .accounts
            .iter()
            .filter(|it| several && !it.due.is_zero())
        {
            let label = language.pick("of which the payer for", "de ello, quien paga por");
            let label = format!("  {label} {}", of(account.payer));
            rows.push(row(None, label, account.due, Side::Charge));
        }
        for (payee, returned) in self.returned() {
            let label = match returned.to {
                ReturnTo::OriginalForm => language.pick(
                    "Back to the original form of payment",
                    "Devolución a la forma de pago original",
                ),
                ReturnTo::Voucher => language.pick("Voucher", "Bono"),
            };
            let (passenger, label) = match payee {
                Payee::Passenger(passenger) => (Some(passenger), label.to_owned()),
                Payee::Payer(payer) if several => (None, format!("{label}, {}", of(payer))),
                Payee::Payer(_) => (None, label.to_owned()),
            };
            rows.push(row(passenger, label, returned.amount, Side::Charge));
        }
        for passenger in self.passengers.iter().filter(|it| it.is_ours()) {
            let lost = passenger.settlement.forfeited;
            if !lost.is_zero() {
                let label = language.pick("Not refundable, lost", "No reembolsable, se pierde");
                let passenger = Some(passenger.passenger);
                rows.push(row(passenger, label.to_owned(), lost, Side::Charge));
            }
        }
        let (english, spanish) = match self.passengers.len() {
            1 => ("New total of the ticket", "Nuevo total del billete"),
            _ => ("New total of the tickets", "Nuevo total de los billetes"),
        };
        rows.push(sum(english, spanish, self.new_total));
        Breakdown { rows }
    }

    /// What of the charges is set off against what goes back to the same payer.
    fn netted(&self) -> Option<Amount> {
        let currency = self.due.currency();
        let dues = self.passengers.iter().map(|it| it.totals.due);
        let fees = self.passengers.iter().map(|it| it.service_fee);
        let gross = Amount::sum(currency, dues.chain(fees)).ok()?;
        gross.checked_sub(self.due).ok()
    }
}

impl fmt::Display for Breakdown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rows: Vec<_> = self
            .rows
            .iter()
            .map(|row| {
                let passenger = row.passenger.map(|passenger| passenger.to_string());
                let amount = format!("{}{}", row.sign(), row.amount.number());
                (passenger.unwrap_or_default(), &row.label, amount)
            })
            .collect();
        let width = |texts: &mut dyn Iterator<Item = &str>| {
            texts
                .map(|text| text.chars().count())
                .max()
                .unwrap_or_default()
        };
        let first = width(&mut rows.iter().map(|(passenger, _, _)| passenger.as_str()));
        let second = width(&mut rows.iter().map(|(_, label, _)| label.as_str()));
        let third = width(&mut rows.iter().map(|(_, _, amount)| amount.as_str()));
        let currency = self.rows.first().map(|row| row.amount.currency());
        let currency = currency.map(|it| it.to_string()).unwrap_or_default();
        for (passenger, label, amount) in rows {
            writeln!(
                f,
                "{passenger:first$}  {label:second$}  {currency} {amount:>third$}"
            )?;
        }
        Ok(())
    }
}
