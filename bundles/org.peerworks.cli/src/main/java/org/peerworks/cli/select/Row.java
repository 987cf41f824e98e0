package org.peerworks.cli.select;

import java.util.Objects;
import org.peerworks.cli.terminal.PlainText;

/**
 * Something to choose: a file or a directory. Texts may come from anybody and are shown without
 * what a terminal would act on; a cell may be empty.
 *
 * @param path tells it from all others, and is what is chosen
 * @param place where it lies, where that differs from one to another
 */
public record Row(String path, String name, String size, String date, String mount, String place) {

  public Row {
    Objects.requireNonNull(path, "path");
    name = PlainText.of(name);
    size = PlainText.of(size);
    date = PlainText.of(date);
    mount = PlainText.of(mount);
    place = PlainText.of(place);
  }

  /** The path as it can be shown. */
  public String shownPath() {
    return PlainText.of(path);
  }
}
