package org.peerworks.job.api;

/**
 * A file that a job returned.
 *
 * @param name plain file name
 * @param size in bytes
 * @param sha256 64 lower-case hexadecimal digits
 */
public record JobOutput(String name, long size, String sha256) {}
