//! The record of a message's header.

use super::{EnvelopeRecord, OrganisationRecord, ReferenceRecord, SignerRecord, StatusRecord};
use crate::source::{Envelope, Organisation, Reference};

pub(super) fn record(envelope: &Envelope) -> EnvelopeRecord {
    let e = envelope.clone();
    let signer = SignerRecord { authority: e.signer_competence, position: e.signer_position, name: e.signer_name };
    let is_signed = signer.authority.is_some() || signer.position.is_some() || signer.name.is_some();
    EnvelopeRecord {
        standard: e.standard.to_owned(),
        code: envelope.code(),
        document_id: e.document_id,
        date: e.date,
        place: e.place,
        document_type: e.document_type,
        subject: e.subject,
        issuer: e.issuer.map(organisation),
        signer: is_signed.then_some(signer),
        due_date: e.due_date,
        to: e.to.into_iter().map(organisation).collect(),
        to_places: e.to_places,
        responds_to: e.responds_to.into_iter().map(reference).collect(),
        replaces: e.replaces.into_iter().map(reference).collect(),
        steering_type: e.steering_type,
        urgency: e.urgency.map(str::to_owned),
        sphere: e.sphere,
        business: e.business.map(str::to_owned),
        business_reason: e.business_reason,
        status: e.status.map(|s| StatusRecord { code: s.code, description: s.description, date: s.date }),
    }
}

fn organisation(o: Organisation) -> OrganisationRecord {
    OrganisationRecord { id: o.id, name: o.name }
}

fn reference(r: Reference) -> ReferenceRecord {
    ReferenceRecord { organisation: r.organisation, code: r.code, document_id: r.document_id, date: r.date }
}
