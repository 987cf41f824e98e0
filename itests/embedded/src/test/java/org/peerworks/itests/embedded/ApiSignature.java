package org.peerworks.itests.embedded;

import aQute.bnd.differ.DiffPluginImpl;
import aQute.bnd.header.Parameters;
import aQute.bnd.service.diff.Delta;
import aQute.bnd.service.diff.Tree;
import aQute.bnd.service.diff.Type;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * What bnd sees of a contract, as a text that can be kept and compared: a line for each element,
 * indented below the one that it belongs to. {@code METHOD MINOR MAJOR close()} is a method whose
 * coming is a minor change, and whose going a major one; both are left out where they are these.
 */
final class ApiSignature {

  private static final String API = "<api>";
  private static final String INDENT = "  ";

  private ApiSignature() {}

  /** The text of a bundle. */
  static String write(Tree bundle) {
    StringBuilder text = new StringBuilder();
    for (Tree element : bundle.get(API).getChildren()) {
      write(element, "", text);
    }
    return text.toString();
  }

  private static void write(Tree element, String indent, StringBuilder text) {
    text.append(indent).append(element.getType());
    if (element.ifAdded() != Delta.MINOR || element.ifRemoved() != Delta.MAJOR) {
      text.append(' ').append(element.ifAdded()).append(' ').append(element.ifRemoved());
    }
    text.append(" '").append(escaped(element.getName())).append("'\n");
    for (Tree child : element.getChildren()) {
      write(child, indent + INDENT, text);
    }
  }

  /** A bundle that is nothing but its contract. */
  static Tree read(String text) throws Exception {
    Tree.Data bundle = data(Type.BUNDLE, Delta.CHANGED, Delta.CHANGED, "bundle");
    Tree.Data api = data(Type.API, Delta.CHANGED, Delta.CHANGED, API);
    bundle.children = new Tree.Data[] {api};
    Deque<Level> levels = new ArrayDeque<>(List.of(new Level(api)));
    for (String line : text.lines().toList()) {
      int depth = (line.length() - line.stripLeading().length()) / INDENT.length();
      while (levels.size() > depth + 1) {
        levels.pop().close();
      }
      Tree.Data element = element(line.strip());
      levels.peek().children.add(element);
      levels.push(new Level(element));
    }
    levels.forEach(Level::close);
    return new DiffPluginImpl().deserialize(bundle);
  }

  private static Tree.Data element(String line) {
    int quote = line.indexOf('\'');
    String[] words = line.substring(0, quote).strip().split(" ");
    return data(
        Type.valueOf(words[0]),
        words.length == 1 ? Delta.MINOR : Delta.valueOf(words[1]),
        words.length == 1 ? Delta.MAJOR : Delta.valueOf(words[2]),
        unescaped(line.substring(quote + 1, line.length() - 1)));
  }

  private static Tree.Data data(Type type, Delta added, Delta removed, String name) {
    Tree.Data data = new Tree.Data();
    data.type = type;
    data.add = added;
    data.rem = removed;
    data.name = name;
    return data;
  }

  /** The packages with their versions, as a manifest exports them. */
  static Parameters exports(Tree bundle) {
    Parameters exports = new Parameters();
    for (Tree element : bundle.get(API).getChildren()) {
      for (Tree child : element.getChildren()) {
        if (child.getType() == Type.VERSION) {
          exports.put(element.getName(), aQute.bnd.header.Attrs.create("version", child.getName()));
        }
      }
    }
    return exports;
  }

  private static String escaped(String name) {
    return name.replace("\\", "\\\\").replace("\n", "\\n");
  }

  private static String unescaped(String name) {
    return name.replace("\\n", "\n").replace("\\\\", "\\");
  }

  private record Level(Tree.Data element, List<Tree.Data> children) {
    Level(Tree.Data element) {
      this(element, new ArrayList<>());
    }

    void close() {
      element.children = children.toArray(Tree.Data[]::new);
    }
  }
}
