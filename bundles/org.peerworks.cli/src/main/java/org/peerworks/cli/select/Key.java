package org.peerworks.cli.select;

/**
 * A key that was pressed.
 *
 * @param text of a key with {@link Kind#TEXT}; else empty
 */
record Key(Kind kind, String text) {

  /** What a key is for. */
  enum Kind {
    /** None was pressed in time. */
    NONE,
    /** One that means nothing here. */
    OTHER,
    TEXT,
    UP,
    DOWN,
    LEFT,
    RIGHT,
    PAGE_UP,
    PAGE_DOWN,
    HOME,
    END,
    ENTER,
    TAB,
    ERASE,
    ERASE_ALL,
    /** Ctrl-S: another order. */
    SORT,
    /** Ctrl-R: look again. */
    AGAIN,
    ESCAPE,
    /** Ctrl-C, or the terminal's end. */
    CANCEL
  }

  static Key of(Kind kind) {
    return new Key(kind, "");
  }
}
