package org.peerworks.deploy.drop;

/**
 * What became of a file in the drop folder.
 *
 * @param file its name
 * @param size in bytes, when it was judged
 * @param modified when it was written last, in milliseconds since 1970
 * @param name what it brought: symbolic name of a bundle, or name of a feature; empty if nothing
 * @param sha256 of it; empty if it could not be read
 * @param good whether it is installed
 * @param words the verdict
 * @param transaction its number; 0 if there was none
 */
public record Verdict(
    String file,
    long size,
    long modified,
    String name,
    String sha256,
    boolean good,
    String words,
    int transaction) {}
