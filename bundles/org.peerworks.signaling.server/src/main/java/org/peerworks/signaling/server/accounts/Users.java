package org.peerworks.signaling.server.accounts;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;
import org.peerworks.signaling.server.basic.Refusal;
import org.peerworks.signaling.server.basic.Secrets;

/** All accounts of this server; each change is on disk before it counts. Thread-safe. */
public final class Users {

  private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}._@-]{0,63}");
  private static final int ID_LENGTH = 16;
  private static final int LEAST_PASSWORD = 10;
  private static final int MOST_PASSWORD = 200;
  private static final int MOST_LABEL = 100;

  /** 100 random bits: a password that the server makes up. */
  private static final int GENERATED = 20;

  private static final Semaphore DERIVING = new Semaphore(2);

  /** Threads that may wait for that; the others have peers to serve. */
  private static final Semaphore WAITING = new Semaphore(8);

  /** Takes as long as a real one, so that names cannot be found out by the time that it takes. */
  private static final Password NOBODY =
      new Password(
          Password.ITERATIONS,
          "AAAAAAAAAAAAAAAAAAAAAA==",
          "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");

  private final Map<String, User> byId = new ConcurrentHashMap<>();
  private final Map<String, String> idByName = new ConcurrentHashMap<>();
  private final Map<String, String> idByKey = new ConcurrentHashMap<>();
  private final UserFiles files;
  private final int maxUsers;
  private final int maxKeys;
  private final Clock clock;

  /**
   * @param maxKeys of one account, of each kind
   */
  public Users(Path directory, int maxUsers, int maxKeys, Clock clock) throws IOException {
    this.files = new UserFiles(directory);
    this.maxUsers = maxUsers;
    this.maxKeys = maxKeys;
    this.clock = clock;
    files.load().forEach(this::put);
  }

  /** By name. */
  public List<User> all() {
    return byId.values().stream().sorted(Comparator.comparing(User::name)).toList();
  }

  public Optional<User> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  public Optional<User> named(String name) {
    return Optional.ofNullable(idByName.get(folded(name))).flatMap(this::find);
  }

  /** A password that nobody has chosen. */
  public static String generatePassword() {
    return Secrets.word(GENERATED);
  }

  /**
   * A new account.
   *
   * @throws Refusal if name or password will not do, or there are too many; the message is for
   *     people
   */
  public synchronized User add(String name, String password) throws Refusal, IOException {
    checkName(name);
    check(password);
    if (byId.size() >= maxUsers) {
      throw new Refusal("This server has as many accounts as it grants. Ask its administrator.");
    }
    if (named(name).isPresent()) {
      throw new Refusal("The name '" + name + "' is taken. Choose another one.");
    }
    User user =
        new User(
            "user-" + Secrets.word(ID_LENGTH),
            name,
            derive(password),
            clock.instant(),
            clock.instant(),
            List.of(),
            List.of());
    files.save(user);
    put(user);
    return user;
  }

  public synchronized void remove(User user) throws IOException {
    files.delete(user.id());
    byId.remove(user.id());
    idByName.remove(folded(user.name()));
    idByKey.values().removeIf(user.id()::equals);
  }

  /** Logins of before are void; keys stay. */
  public void setPassword(User user, String password) throws Refusal, IOException {
    check(password);
    Password derived = derive(password);
    change(user, now -> now.withPassword(derived, clock.instant()));
  }

  /**
   * Whose name and password these are.
   *
   * @throws Refusal if very many are being checked now
   */
  public Optional<User> login(String name, String password) throws Refusal {
    Optional<User> user = named(name);
    boolean right = checks(user.map(User::password).orElse(NOBODY), password);
    return user.filter(found -> right);
  }

  /** Whose key it is. */
  public Optional<User> byKey(String key) {
    return AccountKey.idOf(key)
        .flatMap(id -> Optional.ofNullable(idByKey.get(id)))
        .flatMap(this::find)
        .filter(user -> user.keys().stream().anyMatch(own -> own.is(key)));
  }

  /** A new key, which is told only now. */
  public AccountKey.Made addKey(User user, String name) throws Refusal, IOException {
    checkLabel(name, "name");
    AccountKey.Made made = AccountKey.make(name, clock.instant());
    change(
        user,
        now -> {
          refuseMoreThan(maxKeys, now.keys().size());
          return now.withKey(made.key());
        });
    return made;
  }

  /**
   * Ends a key.
   *
   * @param key whole, or its public part
   * @return its public part; empty if the account has no such key
   */
  public Optional<String> removeKey(User user, String key) throws Refusal, IOException {
    Optional<String> id =
        AccountKey.idOf(key)
            .filter(wanted -> user.keys().stream().anyMatch(own -> own.id().equals(wanted)));
    if (id.isPresent()) {
      change(user, now -> now.withoutKey(id.get()));
      idByKey.remove(id.get());
    }
    return id;
  }

  /** The same key again is the one that is there, with the new device name. */
  public PublicKey addPublicKey(User user, String key, String device) throws Refusal, IOException {
    checkLabel(device, "device_name");
    if (!PublicKey.isKey(key)) {
      throw new Refusal(
          "'public_key' must be an Ed25519 key: 32 bytes as base64url without padding.");
    }
    String id = "pk-" + Secrets.hash(key).substring(0, 16);
    PublicKey added = new PublicKey(id, key, device, clock.instant());
    change(
        user,
        now -> {
          User others = now.withoutPublicKey(id);
          refuseMoreThan(maxKeys, others.publicKeys().size());
          return others.withPublicKey(added);
        });
    return added;
  }

  /** Whether there was such a key. */
  public boolean removePublicKey(User user, String keyId) throws Refusal, IOException {
    boolean known = user.publicKeys().stream().anyMatch(key -> key.id().equals(keyId));
    if (known) {
      change(user, now -> now.withoutPublicKey(keyId));
    }
    return known;
  }

  /** A change that may be refused. */
  private interface Change {
    User apply(User now) throws Refusal;
  }

  private synchronized void change(User user, Change change) throws Refusal, IOException {
    User now = byId.get(user.id());
    if (now == null) {
      throw new Refusal("This account is no longer there.");
    }
    User changed = change.apply(now);
    files.save(changed);
    put(changed);
  }

  private void put(User user) {
    byId.put(user.id(), user);
    idByName.put(folded(user.name()), user.id());
    user.keys().forEach(key -> idByKey.put(key.id(), user.id()));
  }

  private static Password derive(String password) throws Refusal {
    Password[] derived = new Password[1];
    deriving(() -> derived[0] = Password.of(password));
    return derived[0];
  }

  private static boolean checks(Password password, String tried) throws Refusal {
    boolean[] right = new boolean[1];
    if (tried.length() <= MOST_PASSWORD) {
      deriving(() -> right[0] = password.is(tried));
    }
    return right[0];
  }

  /** A few at a time, so that many tries leave the processors and threads to others. */
  private static void deriving(Runnable work) throws Refusal {
    if (!WAITING.tryAcquire()) {
      throw new Refusal("Too many logins at once. Try again in a moment.");
    }
    try {
      DERIVING.acquire();
      try {
        work.run();
      } finally {
        DERIVING.release();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Refusal("The server stops.");
    } finally {
      WAITING.release();
    }
  }

  private static void refuseMoreThan(int most, int already) throws Refusal {
    if (already >= most) {
      throw new Refusal(
          "You have "
              + already
              + " keys already, which is as many as this server grants. Delete one first.");
    }
  }

  private static void checkName(String name) throws Refusal {
    if (!NAME.matcher(name).matches()) {
      throw new Refusal(
          "A name is 1 to 64 letters, digits or '.', '_', '@', '-', and starts with a letter or"
              + " digit.");
    }
  }

  private static void check(String password) throws Refusal {
    if (password.length() < LEAST_PASSWORD || password.length() > MOST_PASSWORD) {
      throw new Refusal(
          "A password has " + LEAST_PASSWORD + " to " + MOST_PASSWORD + " characters.");
    }
  }

  private static void checkLabel(String label, String field) throws Refusal {
    if (label.isBlank() || label.length() > MOST_LABEL || label.chars().anyMatch(c -> c < ' ')) {
      throw new Refusal("'" + field + "' must be 1 to " + MOST_LABEL + " characters on one line.");
    }
  }

  private static String folded(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
