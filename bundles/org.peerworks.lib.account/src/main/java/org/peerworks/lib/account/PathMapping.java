package org.peerworks.lib.account;

/**
 * How a path of the client's machine is called on the worker ({@code [[path_mappings]]}).
 *
 * @param local a directory on the client
 * @param worker the same directory on the worker
 */
public record PathMapping(String local, String worker) {}
