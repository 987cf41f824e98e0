package org.peerworks.job.api;

/**
 * A job type that takes jobs now.
 *
 * @param name for example {@code train}
 * @param version of the type, for example {@code 0.1.0}
 * @param slots kind of slot that a job of this type takes: {@code cpu}, or {@code gpu} (a worker
 *     without GPU gives {@code cpu})
 * @param schema JSON Schema of the parameters
 */
public record JobTypeInfo(String name, String version, String slots, String schema) {}
