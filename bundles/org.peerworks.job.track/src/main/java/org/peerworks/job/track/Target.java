package org.peerworks.job.track;

/**
 * Where predictions go on this worker, beside being returned.
 *
 * @param directory in a mount
 * @param stem of the file's name, behind which a number may be put
 * @param named whether somebody asked for this place; else it is tried, and left out if it cannot
 *     be written
 */
record Target(String directory, String stem, String ending, boolean named) {}
