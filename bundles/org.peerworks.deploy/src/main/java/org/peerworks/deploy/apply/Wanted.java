package org.peerworks.deploy.apply;

/**
 * A bundle that the framework shall have.
 *
 * @param location that says what it is
 * @param title name and version for people
 * @param startLevel 1 or more
 * @param started whether it shall run
 */
record Wanted(String location, String title, int startLevel, boolean started) {}
