package org.peerworks.lib.account;

/**
 * One value of a configuration file, and where it stands.
 *
 * @param value as written
 * @param where for error messages: file, line and key
 */
public record Setting(String value, String where) {}
