//! The script of a root ceremony: a page for each holder of a root key, to tick and to sign.

use credential_core::lists::PublicKey;

use super::words::groups;
use crate::hex::hex;

/// One holder's part of a root ceremony.
pub struct Share<'a> {
    /// Number of the share, from 1; above `of` if it takes the place of an earlier one.
    pub number: usize,
    /// How many shares there are.
    pub of: usize,
    /// How many roots must sign a list.
    pub threshold: usize,
    /// Who keeps the key.
    pub holder: &'a str,
    /// Name of the key file.
    pub file: &'a str,
    /// Time of making, in words.
    pub made: &'a str,
    /// The public half.
    pub public: &'a PublicKey,
}

impl Share<'_> {
    /// The page.
    pub fn script(&self) -> String {
        let Self { number, of, threshold, holder, file, made, public } = self;
        let share = match number > of {
            true => format!("{number}, IN THE PLACE OF ONE OF {of}"),
            false => format!("{number} OF {of}"),
        };
        let (id, fingerprint) = (hex(&public.id()), fingerprint_lines(public));
        format!(
            "ROOT CEREMONY: SHARE {share}

Holder         {holder}
Made at        {made}
Key file       {file}       stays with the holder, secret
Public half    {file}.pub   goes to whoever puts the list together
Key id         {id}
Fingerprint
{fingerprint}

Any {threshold} of the {of} root keys together sign the list of those who may seal documents. No single holder can.

Before
  [ ] This machine has no network: cable out, wireless off.
  [ ] Holder, leader of the ceremony and one witness are in the room; no camera sees the keyboard.
  [ ] The clock of the machine is right.

Key
  [ ] The holder alone chose the passphrase and typed it twice. It stands in no file and no message.
  [ ] The passphrase is written down once, in a sealed envelope with the holder's signature over the flap.
  [ ] {file} was copied to two memory sticks, and to no other place.
  [ ] Each copy was opened with the passphrase: `openssl pkey -in {file} -noout` says nothing.

Fingerprint
  [ ] The holder read the fingerprint above aloud; the witness compared it group by group with the screen.
  [ ] The leader wrote the key id {id} into the protocol.
  [ ] {file}.pub was handed to the leader on a stick of its own.

Safe keeping
  [ ] Stick 1 and the envelope lie in different safes.     Safe ______________   Safe ______________
  [ ] Stick 2 lies in another building.                    Place _____________
  [ ] The key file was removed from the machine.

Place and date  ______________________________   Time ____________

Holder          ______________________________   Signature ______________________________

Leader          ______________________________   Signature ______________________________

Witness         ______________________________   Signature ______________________________
"
        )
    }
}

/// Eight groups a line.
fn fingerprint_lines(public: &PublicKey) -> String {
    let digest = public.digest();
    digest.chunks(16).map(|half| format!("               {}", groups(half))).collect::<Vec<_>>().join("\n")
}
