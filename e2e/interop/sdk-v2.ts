import type { iotshadow, mqtt, mqtt5 } from 'aws-iot-device-sdk-v2';
import sdk from 'aws-iot-device-sdk-v2';
import { type Answer, DeltaLog, type Document, type ShadowUnderTest } from './shadow-under-test';

const timeoutSeconds = 30;
const options = {
  maxRequestResponseSubscriptions: 4,
  maxStreamingSubscriptions: 2,
  operationTimeoutInSeconds: timeoutSeconds,
};

interface Response {
  version?: number | undefined;
  state?: unknown;
}

const settle = (call: Promise<Response>): Promise<Answer> =>
  call.then(
    ({ version = 0, state }): Answer => ({ isAccepted: true, version, state }),
    (error: { modeledError?: { code?: number; message?: string } }): Answer => {
      const { code, message = '' } = error.modeledError ?? {};
      if (code === undefined) throw error;
      return { isAccepted: false, code, message };
    },
  );

/** The shadow client of aws-iot-device-sdk-v2 over a connection that stands; `name`: a named shadow. */
async function shadowOver(
  client: iotshadow.IotShadowClientv2,
  thing: string,
  name: string | undefined,
  end: () => Promise<void>,
): Promise<ShadowUnderTest> {
  const deltas = new DeltaLog();
  const stream =
    name === undefined
      ? client.createShadowDeltaUpdatedStream({ thingName: thing })
      : client.createNamedShadowDeltaUpdatedStream({ thingName: thing, shadowName: name });
  stream.on('incomingPublish', ({ message }) => deltas.put(message.state));
  const subscribed = new Promise<void>((resolve) => stream.on('subscriptionStatus', () => resolve()));
  stream.open();
  await subscribed;
  const update = (document: Document, version?: number) => {
    const wanted = {
      thingName: thing,
      // The types know no wrong documents, and the service must answer those as well.
      state: document.state as iotshadow.model.ShadowState,
      ...(version === undefined ? {} : { version }),
    };
    return settle(
      name === undefined
        ? client.updateShadow(wanted)
        : client.updateNamedShadow({ ...wanted, shadowName: name }),
    );
  };
  const get = () =>
    settle(
      name === undefined
        ? client.getShadow({ thingName: thing })
        : client.getNamedShadow({ thingName: thing, shadowName: name }),
    );
  return {
    get,
    update: (document) => update(document),
    delete: () =>
      settle(
        name === undefined
          ? client.deleteShadow({ thingName: thing })
          : client.deleteNamedShadow({ thingName: thing, shadowName: name }),
      ),
    async updateStale(document) {
      const known = await get();
      return known.isAccepted ? update(document, known.version - 1) : known;
    },
    updateMany: (documents) => Promise.all(documents.map((document) => update(document))),
    deltas: deltas.all,
    nextDelta: () => deltas.next(),
    async end() {
      stream.close();
      client.close();
      await end();
    },
  };
}

export interface V2Target {
  port: number;
  caFile: string;
  clientId: string;
  isClean?: boolean;
  /** Everything that comes, from the first packet on. */
  onMessage?: (topic: string, payload: string) => void;
}

type Builder = ReturnType<typeof sdk.iot.AwsIotMqttConnectionConfigBuilder.new_default_builder>;

/** How an MQTT 3.1.1 connection of the v2 SDK says who it is. */
export const v2Builder = {
  certificate: (certificate: string, privateKey: string): Builder =>
    sdk.iot.AwsIotMqttConnectionConfigBuilder.new_mtls_builder(certificate, privateKey),
  password: (username: string, password: string): Builder =>
    sdk.iot.AwsIotMqttConnectionConfigBuilder.new_default_builder()
      .with_username(username)
      .with_password(password),
  customAuthoriser: (username: string, password: string): Builder =>
    sdk.iot.AwsIotMqttConnectionConfigBuilder.new_default_builder().with_custom_authorizer(
      username,
      'house',
      '',
      password,
    ),
  /** Signed for AWS; a local broker looks at user name and password. */
  webSocket: (username: string, password: string): Builder =>
    sdk.iot.AwsIotMqttConnectionConfigBuilder.new_with_websockets({
      region: 'eu-west-1',
      credentials_provider: sdk.auth.AwsCredentialsProvider.newStatic('AKIDEXAMPLE', 'secret'),
    })
      .with_username(username)
      .with_password(password),
};

/** Connects over MQTT 3.1.1; rejects when the broker does not let it in. */
export async function connectV2(
  builder: Builder,
  { port, caFile, clientId, isClean = true, onMessage }: V2Target,
): Promise<mqtt.MqttClientConnection> {
  const config = builder
    .with_certificate_authority_from_path(undefined, caFile)
    .with_endpoint('127.0.0.1')
    .with_port(port)
    .with_client_id(clientId)
    .with_clean_session(isClean)
    .build();
  const connection = new sdk.mqtt.MqttClient().new_connection(config);
  connection.on('error', () => {});
  if (onMessage !== undefined)
    connection.on('message', (topic, payload) => onMessage(topic, Buffer.from(payload).toString()));
  await connection.connect();
  return connection;
}

/** A shadow through the v2 SDK over MQTT 3.1.1. */
export async function openV2(
  builder: Builder,
  target: V2Target,
  thing: string,
  name?: string,
): Promise<ShadowUnderTest> {
  const connection = await connectV2(builder, target);
  const client = sdk.iotshadow.IotShadowClientv2.newFromMqtt311(connection, options);
  return shadowOver(client, thing, name, async () => {
    await connection.disconnect();
  });
}

/** Connects over MQTT 5 with a certificate; rejects with what the SDK says when it is not let in. */
export async function connectV2Mqtt5(
  { certificate, privateKey }: { certificate: string; privateKey: string },
  { port, caFile, clientId }: V2Target,
): Promise<mqtt5.Mqtt5Client> {
  const config = sdk.iot.AwsIotMqtt5ClientConfigBuilder.newDirectMqttBuilderWithMtlsFromMemory(
    '127.0.0.1',
    certificate,
    privateKey,
  )
    .withCertificateAuthorityFromPath(undefined, caFile)
    .withPort(port)
    .withConnectProperties({ clientId, keepAliveIntervalSeconds: 30 })
    .build();
  const client = new sdk.mqtt5.Mqtt5Client(config);
  const connected = new Promise<void>((resolve, reject) => {
    client.on('connectionSuccess', () => resolve());
    client.on('connectionFailure', ({ error }) => reject(new Error(error.toString())));
  });
  client.start();
  try {
    await connected;
    return client;
  } catch (error) {
    await stop(client);
    throw error;
  }
}

async function stop(client: mqtt5.Mqtt5Client): Promise<void> {
  const stopped = new Promise((resolve) => client.on('stopped', resolve));
  client.stop();
  await stopped;
  client.close();
}

/** A shadow through the v2 SDK over MQTT 5. */
export async function openV2Mqtt5(
  identity: { certificate: string; privateKey: string },
  target: V2Target,
  thing: string,
  name?: string,
): Promise<ShadowUnderTest> {
  const connection = await connectV2Mqtt5(identity, target);
  const client = sdk.iotshadow.IotShadowClientv2.newFromMqtt5(connection, options);
  return shadowOver(client, thing, name, () => stop(connection));
}
