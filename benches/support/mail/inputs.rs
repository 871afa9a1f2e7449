//! The messages that are read. Invented, and the same in every run.

use core::fmt::Write as _;

use crate::dice::Dice;

/// The header of a confirmation as it arrives, with four recipients.
const HEADER: &str = "\
Return-Path: <bounces+4711-jane.doe=example.com@mail.air.example>\r\n\
Received: from mx1.example.com (mx1.example.com [192.0.2.17])\r\n\
\tby store.example.com (Postfix) with ESMTPS id 4XkQ1z5fVzz9sW\r\n\
\tfor <jane.doe@example.com>; Sun, 22 Nov 2026 10:00:04 +0000 (UTC)\r\n\
Received: from out-7.mail.air.example (out-7.mail.air.example [198.51.100.7])\r\n\
\tby mx1.example.com with ESMTP id a1si2345678wrq.12.2026.11.22.02.00.03\r\n\
\t(version=TLS1_3 cipher=TLS_AES_256_GCM_SHA384 bits=256/256);\r\n\
\tSun, 22 Nov 2026 10:00:03 +0000\r\n\
DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=air.example; s=s2026;\r\n\
\th=content-type:from:mime-version:subject:to:cc;\r\n\
\tbh=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=;\r\n\
\tb=dzdVyOfAKCdLXdJOc9G2q8LoXSlEniSbav+yuU4zGeeruD00lszZVoG4ZHRNiYzR\r\n\
\t l1XcVQn5i2Zp1Zb7oTqv0bq1yD8S3mJqjF4oQd0f6sYB2xwq5V9n8f3v0a1b2c3d=\r\n\
Date: Sun, 22 Nov 2026 10:00:02 +0000 (UTC)\r\n\
From: Air Example <noreply@air.example>\r\n\
Reply-To: Air Example Service <service@air.example>\r\n\
To: \"Doe, Jane\" <jane.doe@example.com>,\r\n\
\t=?utf-8?q?Jos=C3=A9_Mu=C3=B1oz?= <jose.munoz@travel.example>\r\n\
Cc: Travel Desk <trips@mail.agency-north.example>, assistant@example.com\r\n\
Message-ID: <20261122100002.4711.abcdef@mail.air.example>\r\n\
Subject: Your booking is confirmed: ABC123 - London to Rome\r\n\
MIME-Version: 1.0\r\n\
Content-Type: multipart/alternative; boundary=\"--_NmP-4711-part_1\"\r\n\
Auto-Submitted: auto-generated\r\n\
X-Mailer: Example Mailer 7\r\n\
\r\n";

const PART: &str = "\
----_NmP-4711-part_1\r\n\
Content-Type: text/plain; charset=utf-8\r\n\
Content-Transfer-Encoding: 7bit\r\n\
\r\n\
Dear customer,\r\n";

const LINE: &str = "Your flight from London to Rome leaves at 08:25. To: nobody@example.com\r\n";

/// A message of `size` bytes; the header is the same in all.
pub(crate) fn confirmation(size: usize) -> String {
    let mut text = String::with_capacity(size);
    text.push_str(HEADER);
    text.push_str(PART);
    while text.len() < size {
        text.push_str(LINE);
    }
    text.truncate(size);
    text
}

const FIRST_NAMES: [&str; 8] = [
    "Jane",
    "John",
    "Li",
    "Richard",
    "Ingrid",
    "Kwame",
    "Yuki",
    "Alexandra",
];
const LAST_NAMES: [&str; 8] = [
    "Doe", "Roe", "Smith", "Miller", "Nowak", "Tanaka", "Okafor", "Rossi",
];
const ENCODED_NAMES: [&str; 4] = [
    "=?utf-8?q?Jos=C3=A9_Mu=C3=B1oz?=",
    "=?UTF-8?B?QW5uZS1NYXJpZSBMw7hja2U=?=",
    "=?iso-8859-1?Q?Ren=E9e_Lef=E8vre?=",
    "=?utf-8?q?Zo=C3=AB?= Nowak",
];
const DOMAINS: [&str; 8] = [
    "example.com",
    "agency.example",
    "mail.example.com",
    "corp-travel.example",
    "x.example",
    "bookings.northern-isles.example",
    "EXAMPLE.COM",
    "int.office7.example",
];

/// A message to so many: a third of them without names, quoted names, encoded names and folded
/// lines among the others.
pub(crate) fn circular(recipients: usize) -> String {
    let mut dice = Dice::default();
    let mut text = String::from("From: Air Example <noreply@air.example>\r\nTo:");
    for number in 0..recipients {
        if number > 0 {
            text.push(',');
        }
        text.push_str(if number % 3 == 2 { "\r\n\t" } else { " " });
        let (first, last) = (dice.pick(&FIRST_NAMES), dice.pick(&LAST_NAMES));
        let domain = dice.pick(&DOMAINS);
        let address = format!("{first}.{last}{number}@{domain}");
        if dice.one_in(12) {
            let name = dice.pick(&ENCODED_NAMES);
            write!(text, "{name} <{address}>").unwrap();
            continue;
        }
        match dice.below(3) {
            0 => write!(text, "{address}"),
            1 => write!(text, "{first} {last} <{address}>"),
            _ => write!(text, "\"{last}, {first}\" <{address}>"),
        }
        .unwrap();
    }
    text.push_str("\r\nSubject: Your trip\r\n\r\nHello.\r\n");
    text
}
