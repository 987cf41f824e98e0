package org.peerworks.lib.sleap;

import java.util.List;

/**
 * One command of a script.
 *
 * @param line number of the line that it starts on, from 1
 * @param verb {@code train} or {@code track}
 * @param arguments the words after the verb, quotes and escapes resolved
 */
public record ScriptCommand(int line, String verb, List<String> arguments) {

  public static final String TRAIN = "train";
  public static final String TRACK = "track";

  public ScriptCommand {
    arguments = List.copyOf(arguments);
  }
}
