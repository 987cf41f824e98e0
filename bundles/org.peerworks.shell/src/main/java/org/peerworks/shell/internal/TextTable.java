package org.peerworks.shell.internal;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Lays records out as text: a header, a line for each record, numbers to the right. */
final class TextTable {

  static final int DEFAULT_WIDTH = 120;

  private static final String GAP = "  ";
  private static final int NARROWEST = 8;

  private TextTable() {}

  /**
   * @param records of one class, at least one
   * @param width of the terminal; the widest column gives way, the first one last, with an ellipsis
   */
  static String ofRecords(List<? extends Record> records, int width) {
    RecordComponent[] columns = records.get(0).getClass().getRecordComponents();
    List<String[]> rows = new ArrayList<>();
    rows.add(Arrays.stream(columns).map(TextTable::title).toArray(String[]::new));
    for (Record record : records) {
      rows.add(Arrays.stream(columns).map(c -> text(record, c)).toArray(String[]::new));
    }
    int[] widths = fit(widths(rows, columns.length), width);
    return rows.stream().map(row -> line(row, widths, columns)).collect(Collectors.joining("\n"));
  }

  static String ofFields(Record record) {
    RecordComponent[] fields = record.getClass().getRecordComponents();
    int width = Arrays.stream(fields).mapToInt(f -> title(f).length()).max().orElse(0);
    return Arrays.stream(fields)
        .map(f -> pad(title(f), width, false) + GAP + text(record, f))
        .collect(Collectors.joining("\n"));
  }

  private static String line(String[] row, int[] widths, RecordComponent[] columns) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < row.length; i++) {
      line.append(i == 0 ? "" : GAP)
          .append(pad(cut(row[i], widths[i]), widths[i], isNumber(columns[i])));
    }
    return line.toString().stripTrailing();
  }

  private static int[] widths(List<String[]> rows, int columns) {
    int[] widths = new int[columns];
    for (String[] row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], row[i].length());
      }
    }
    return widths;
  }

  private static int[] fit(int[] widths, int width) {
    int[] fitted = widths.clone();
    int gaps = GAP.length() * (fitted.length - 1);
    while (Arrays.stream(fitted).sum() + gaps > width) {
      // The first column names the row and is typed into the next command: it gives way last.
      int widest = Math.min(1, fitted.length - 1);
      for (int i = widest; i < fitted.length; i++) {
        widest = fitted[i] > fitted[widest] ? i : widest;
      }
      if (fitted[widest] <= NARROWEST) {
        widest = 0;
      }
      if (fitted[widest] <= NARROWEST) {
        break;
      }
      fitted[widest]--;
    }
    return fitted;
  }

  private static String pad(String text, int width, boolean right) {
    String space = " ".repeat(Math.max(0, width - text.length()));
    return right ? space + text : text + space;
  }

  private static String cut(String text, int width) {
    return text.length() <= width ? text : text.substring(0, width - 1) + "…";
  }

  private static boolean isNumber(RecordComponent column) {
    Class<?> type = column.getType();
    return type.isPrimitive() && type != boolean.class;
  }

  private static String title(RecordComponent column) {
    return column
        .getName()
        .replaceAll("([a-z])([A-Z])", "$1 $2")
        .toUpperCase(java.util.Locale.ROOT);
  }

  private static String text(Record record, RecordComponent column) {
    try {
      Object value = column.getAccessor().invoke(record);
      Object plain = value instanceof Optional<?> optional ? optional.orElse(null) : value;
      return plain == null ? "" : plain.toString().replaceAll("\\p{Cntrl}+", " ");
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(
          "The record " + record.getClass().getName() + " must be public to be shown.", e);
    }
  }
}
