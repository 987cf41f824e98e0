package org.peerworks.itests.interop;

/** What is played around one server. */
final class Scene {

  private final Stage stage;
  private final AtOurWorker atOurWorker;
  private final AtStandInWorker atStandInWorker;
  private final AmongOurs amongOurs;

  Scene(Stage stage) throws Exception {
    this.stage = stage;
    this.atOurWorker = new AtOurWorker(stage);
    OurClient client = new OurClient(stage);
    this.atStandInWorker = new AtStandInWorker(stage, client);
    this.amongOurs = new AmongOurs(stage, client);
  }

  void play(Cell cell) throws Exception {
    if (cell.client() != Side.OURS) {
      atOurWorker.run(cell.client(), cell.deed());
    } else if (cell.worker() != Side.OURS) {
      atStandInWorker.run(cell.worker(), cell.deed());
    } else {
      amongOurs.run(cell.deed());
    }
  }

  void close() throws Exception {
    stage.close();
  }
}
