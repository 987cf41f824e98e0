package org.peerworks.shell.ssh;

/**
 * What keeps the door from being overrun.
 *
 * @param sessions connections at once
 * @param strangers of these, those who have not proved yet who they are
 */
record Limits(int sessions, int strangers, int authTries, int authSeconds, int idleMinutes) {}
