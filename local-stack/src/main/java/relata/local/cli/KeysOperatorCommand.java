package relata.local.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The key by which a deployment begins. It asks nobody: the deployment is given its hash. */
@Command(
    name = "operator",
    mixinStandardHelpOptions = true,
    header = "Makes an operator's key, and the line for the file that RELATA_OPERATOR_FILE names.")
final class KeysOperatorCommand implements Callable<Integer> {
  private static final int SECRET_BYTES = 32;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws NoSuchAlgorithmException {
    byte[] random = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(random);
    String secret = HexFormat.of().formatHex(random);
    byte[] hash =
        MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.US_ASCII));
    PrintWriter out = spec.commandLine().getOut();
    out.println("key     rk_operator_" + secret);
    out.println("sha256  " + HexFormat.of().formatHex(hash));
    out.println("Keep the key where only operators look. The deployment gets the sha256 alone.");
    out.flush();
    return 0;
  }
}
