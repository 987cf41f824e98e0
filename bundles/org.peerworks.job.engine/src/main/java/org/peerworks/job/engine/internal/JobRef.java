package org.peerworks.job.engine.internal;

/**
 * Names a stored job: to the store by its row, to people and on disk by its id.
 *
 * @param seq order of acceptance, 1 or more
 */
record JobRef(long seq, String id) {}
