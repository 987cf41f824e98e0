package org.peerworks.protocol.sleap.internal.worker;

/**
 * Where packages of {@code INPUT_FILE} lie (§2.4).
 *
 * @param input blank for the worker's working directory
 * @param output blank for the input directory
 */
public record InputPlaces(String input, String output) {}
