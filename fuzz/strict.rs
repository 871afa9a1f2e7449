//! A second reader of address lists, for the laws: RFC 5322 §3.4 token by token, written without a
//! look at the first one. It is slow, allocates, and knows no places.

/// How deep comments nest at most.
const DEPTH: usize = 16;

/// What a list says: of each mailbox its address if something can be routed to it, else `None`.
#[derive(Debug, Eq, PartialEq)]
pub(crate) enum Verdict {
    /// A boundary is in doubt.
    Broken,
    Mailboxes(Vec<Option<String>>),
    /// There is an address beyond ASCII, of which this reader has no opinion.
    NoOpinion,
}

#[derive(Clone, Debug, Eq, PartialEq)]
enum Token {
    Atom(Vec<u8>),
    Literal(Vec<u8>),
    Quoted(Vec<u8>),
    /// White space and comments.
    Space,
    Special(u8),
}

enum Stop {
    Broken,
    NoOpinion,
}

type Step<T> = Result<T, Stop>;

/// Reads the value of an address field whose lines end in LF.
pub(crate) fn read(value: &[u8]) -> Verdict {
    match list(value) {
        Ok(mailboxes) => Verdict::Mailboxes(mailboxes),
        Err(Stop::Broken) => Verdict::Broken,
        Err(Stop::NoOpinion) => Verdict::NoOpinion,
    }
}

fn broken_unless(holds: bool) -> Step<()> {
    if holds { Ok(()) } else { Err(Stop::Broken) }
}

fn list(value: &[u8]) -> Step<Vec<Option<String>>> {
    let is_control = |byte: &u8| byte.is_ascii_control() && !b"\t\n".contains(byte);
    broken_unless(!value.iter().any(is_control))?;
    let mut folded = value.split(|&byte| byte == b'\n').skip(1);
    broken_unless(!folded.any(|line| line.trim_ascii().is_empty()))?;
    let tokens = tokens(value)?;

    let mut mailboxes = Vec::new();
    let mut no_opinion = false;
    let mut in_group = false;
    let mut rest = &tokens[..];
    loop {
        rest = trim_start(rest);
        match rest {
            [] => break,
            [Token::Special(b','), after @ ..] => rest = after,
            [Token::Special(b';'), after @ ..] => {
                broken_unless(in_group)?;
                in_group = false;
                rest = behind_item(after, in_group)?;
            }
            _ => {
                let end =
                    |token: &Token| matches!(token, Token::Special(b',' | b';' | b':' | b'<'));
                let end = rest.iter().position(end).unwrap_or(rest.len());
                let (words, after) = rest.split_at(end);
                let (address, after) = match after {
                    [Token::Special(b':'), after @ ..] => {
                        broken_unless(!in_group && is_phrase(words) && !words.is_empty())?;
                        in_group = true;
                        rest = after;
                        continue;
                    }
                    [Token::Special(b'<'), after @ ..] => {
                        broken_unless(is_phrase(words))?;
                        let close = after
                            .iter()
                            .position(|token| *token == Token::Special(b'>'));
                        let (inside, after) = after.split_at(close.ok_or(Stop::Broken)?);
                        (inside, &after[1..])
                    }
                    after => (words, after),
                };
                match read_address(address) {
                    Ok(routable) => mailboxes.push(routable.filter(|_| !in_group)),
                    Err(Stop::NoOpinion) => no_opinion = true,
                    Err(Stop::Broken) => return Err(Stop::Broken),
                }
                rest = behind_item(after, in_group)?;
            }
        }
    }
    broken_unless(!in_group)?;
    if no_opinion {
        return Err(Stop::NoOpinion);
    }
    Ok(mailboxes)
}

/// Behind a mailbox or a group stands a comma, the end of the group, or nothing.
fn behind_item(rest: &[Token], in_group: bool) -> Step<&[Token]> {
    match trim_start(rest) {
        [] => Ok(&[]),
        [Token::Special(b','), after @ ..] => Ok(after),
        rest @ [Token::Special(b';'), ..] if in_group => Ok(rest),
        _ => Err(Stop::Broken),
    }
}

/// Whether a backslash behind a text is one in every charset.
fn is_certain(text: &[u8]) -> bool {
    let mut since = text.rsplitn(2, |&byte| byte == b'\\');
    let text = since.next().unwrap_or_default();
    text.last().is_none_or(u8::is_ascii) || std::str::from_utf8(text).is_ok()
}

fn tokens(value: &[u8]) -> Step<Vec<Token>> {
    let mut tokens = Vec::new();
    let (mut folded, mut at_sign) = (false, false);
    let mut at = 0;
    while let Some(&byte) = value.get(at) {
        let start = at;
        at += 1;
        let token = match byte {
            b' ' | b'\t' | b'\n' => Token::Space,
            b'(' => {
                let mut depth = 1;
                while depth > 0 {
                    match value.get(at) {
                        Some(b'(') => depth += 1,
                        Some(b')') => depth -= 1,
                        Some(b'\\') => {
                            broken_unless(is_certain(&value[start + 1..at]))?;
                            at += 1;
                            broken_unless(value.get(at).is_some_and(|&byte| byte != b'\n'))?;
                        }
                        Some(_) => {}
                        None => return Err(Stop::Broken),
                    }
                    broken_unless(depth <= DEPTH)?;
                    at += 1;
                }
                Token::Space
            }
            b'"' => {
                loop {
                    match value.get(at) {
                        Some(b'"') => break,
                        Some(b'\\') => {
                            broken_unless(is_certain(&value[start + 1..at]))?;
                            at += 1;
                            broken_unless(value.get(at).is_some_and(|&byte| byte != b'\n'))?;
                        }
                        Some(_) => {}
                        None => return Err(Stop::Broken),
                    }
                    at += 1;
                }
                at += 1;
                Token::Quoted(value[start..at].to_vec())
            }
            b'[' => {
                let length = value[at..].iter().position(|byte| b"[]\\".contains(byte));
                at += length.ok_or(Stop::Broken)?;
                broken_unless(value[at] == b']')?;
                at += 1;
                Token::Literal(value[start..at].to_vec())
            }
            b'<' | b'>' | b':' | b';' | b'@' | b',' | b'.' => Token::Special(byte),
            b')' | b']' | b'\\' => return Err(Stop::Broken),
            _ => {
                let ends = |byte: &u8| b" \t\n()<>[]:;@\\,.\"".contains(byte);
                let length = value[start..].iter().position(ends);
                at = length.map_or(value.len(), |length| start + length);
                Token::Atom(value[start..at].to_vec())
            }
        };
        if b"(\"[".contains(&byte) {
            folded |= value[start..at].contains(&b'\n');
            at_sign |= value[start..at].contains(&b'@');
        }
        if token != Token::Space || tokens.last() != Some(&Token::Space) {
            tokens.push(token);
        }
    }
    broken_unless(!(folded && at_sign))?;
    Ok(tokens)
}

fn trim_start(tokens: &[Token]) -> &[Token] {
    match tokens {
        [Token::Space, rest @ ..] => rest,
        tokens => tokens,
    }
}

fn trim(tokens: &[Token]) -> &[Token] {
    match trim_start(tokens) {
        [rest @ .., Token::Space] => rest,
        tokens => tokens,
    }
}

/// A display name, or nothing.
fn is_phrase(tokens: &[Token]) -> bool {
    let part = |token: &Token| {
        matches!(
            token,
            Token::Atom(_) | Token::Quoted(_) | Token::Space | Token::Special(b'.')
        )
    };
    tokens.iter().all(part) && tokens.first() != Some(&Token::Special(b'.'))
}

/// An addr-spec with a source route or none.
fn read_address(tokens: &[Token]) -> Step<Option<String>> {
    let mut rest = trim(tokens);
    let mut odd = false;
    if let [Token::Special(b'@' | b','), ..] = rest {
        let colon = rest.iter().position(|token| *token == Token::Special(b':'));
        let (route, after) = rest.split_at(colon.ok_or(Stop::Broken)?);
        let mut hops = 0;
        let mut no_opinion = false;
        for hop in route.split(|token| *token == Token::Special(b',')) {
            match trim(hop) {
                [] => {}
                [Token::Special(b'@'), domain @ ..] => {
                    hops += 1;
                    let (domain, _) = read_domain(trim(domain))?;
                    no_opinion |= !domain.is_ascii();
                }
                _ => return Err(Stop::Broken),
            }
        }
        broken_unless(hops > 0)?;
        if no_opinion {
            return Err(Stop::NoOpinion);
        }
        odd = true;
        rest = trim(&after[1..]);
    }
    let at_sign = rest.iter().position(|token| *token == Token::Special(b'@'));
    let (local, domain) = rest.split_at(at_sign.ok_or(Stop::Broken)?);
    let domain = &domain[1..];
    odd |= trim(local).len() < local.len() || trim(domain).len() < domain.len();
    let (local, domain) = (trim(local), trim(domain));

    let words = dotted(local)?;
    odd |= local.contains(&Token::Space);
    let mut written = Vec::new();
    for word in &words {
        match word {
            Token::Atom(atom) => written.push(atom.clone()),
            Token::Quoted(quoted) => {
                odd = true;
                written.push(
                    quoted
                        .iter()
                        .copied()
                        .filter(|&byte| byte != b'\n')
                        .collect(),
                );
            }
            Token::Literal(_) | Token::Space | Token::Special(_) => return Err(Stop::Broken),
        }
    }
    let local = written.join(&b'.');
    broken_unless(local.len() <= 64)?;
    let (domain, is_host) = read_domain(domain)?;
    broken_unless(local.len() + 1 + domain.len() <= 254)?;
    if !local.is_ascii() || !domain.is_ascii() {
        return Err(Stop::NoOpinion);
    }
    broken_unless(!has_encoded_word(&local) && !has_encoded_word(&domain))?;
    if odd || !is_host {
        return Ok(None);
    }
    let domain = domain.to_ascii_lowercase();
    let address = [local, domain].join(&b'@');
    Ok(Some(String::from_utf8(address).unwrap_or_default()))
}

/// The domain without white space, and whether it is a plain host name.
fn read_domain(tokens: &[Token]) -> Step<(Vec<u8>, bool)> {
    if let [Token::Literal(literal)] = tokens {
        let tidy = literal
            .iter()
            .copied()
            .filter(|byte| !byte.is_ascii_whitespace());
        return Ok((tidy.collect(), false));
    }
    let mut labels = Vec::new();
    for label in dotted(tokens)? {
        let Token::Atom(label) = label else {
            return Err(Stop::Broken);
        };
        broken_unless(label.len() <= 63)?;
        labels.push(label);
    }
    let host = |label: &Vec<u8>| {
        let edge = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
        let inner = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'-';
        edge(label.first()) && edge(label.last()) && label.iter().all(inner)
    };
    let digits = |label: &Vec<u8>| match label.to_ascii_lowercase().strip_prefix(b"0x") {
        Some(digits) => digits.iter().all(u8::is_ascii_hexdigit),
        None => label.iter().all(u8::is_ascii_digit),
    };
    let numeric = labels.last().is_some_and(digits);
    let is_host =
        labels.len() > 1 && labels.iter().all(host) && !numeric && !tokens.contains(&Token::Space);
    Ok((labels.join(&b'.'), is_host))
}

/// What stands between the dots: one word each.
fn dotted(tokens: &[Token]) -> Step<Vec<Token>> {
    let words = tokens.split(|token| *token == Token::Special(b'.'));
    words
        .map(|word| match trim(word) {
            [word @ (Token::Atom(_) | Token::Quoted(_))] => Ok(word.clone()),
            _ => Err(Stop::Broken),
        })
        .collect()
}

/// Whether `=?charset?token?text?=` stands anywhere, for readers to whom its text ends at the first `?=`.
fn has_encoded_word(local: &[u8]) -> bool {
    let text = String::from_utf8_lossy(local);
    let is_token = |part: &str| {
        let other = |byte: u8| b"()<>@,;:\"/[]?.=".contains(&byte);
        !part.is_empty() && !part.bytes().any(other)
    };
    text.match_indices("=?").any(|(at, _)| {
        let parts: Vec<_> = text[at + 2..].splitn(3, '?').collect();
        let &[_, encoding, text] = &parts[..] else {
            return false;
        };
        is_token(encoding) && text.contains("?=")
    })
}
