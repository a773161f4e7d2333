package relata.local.cli;

import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import relata.local.client.KeysClient;

/** The end of a key. */
@Command(name = "revoke", mixinStandardHelpOptions = true, header = "Ends a key.")
final class KeysRevokeCommand extends KeyAction {
  @Parameters(paramLabel = "ID", description = "What stands behind rk_ in the key.")
  private String id;

  @Override
  void act(KeysClient keys, PrintWriter out, boolean isJson) {
    keys.revoke(id);
    if (!isJson) {
      out.println(id + " is revoked; within half a minute no replica takes it any more.");
    }
  }
}
