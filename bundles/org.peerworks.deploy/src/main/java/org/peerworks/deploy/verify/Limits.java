package org.peerworks.deploy.verify;

/**
 * What a jar may be.
 *
 * @param bytes of the file
 * @param entries in it
 * @param unpackedBytes of all entries
 */
public record Limits(long bytes, int entries, long unpackedBytes) {}
