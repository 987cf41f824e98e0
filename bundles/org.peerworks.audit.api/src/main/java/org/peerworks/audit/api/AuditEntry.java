package org.peerworks.audit.api;

import java.time.Instant;

/**
 * One entry of the log.
 *
 * @param number from 1, without gaps
 * @param at when it was recorded, by the worker's clock
 * @param event what was recorded
 * @param hash SHA-256 over this entry and, by their hashes, all before it: 64 lower-case hex
 *     digits. Who writes it down elsewhere can prove later that nothing up to here was changed
 */
public record AuditEntry(long number, Instant at, AuditEvent event, String hash) {}
