import {
  CollectionsApi,
  Configuration,
  DocumentsApi,
  ProblemFromJSON,
  ResponseError,
  SearchApi,
  SearchModeEnum,
  StatusApi,
} from './index';

declare const process: { argv: string[]; exitCode: number };

const LOOKS = 900;

/** The ways of a client through the API; Tour.java is the same. Arguments: URL, name, key. */
async function tour(url: string, name: string, key: string): Promise<void> {
  const configuration = new Configuration({ basePath: url, accessToken: key });
  const collections = new CollectionsApi(configuration);
  const documents = new DocumentsApi(configuration);
  const fox = { collection: name, id: 'notes/red fox.md' };

  const recipe = { edges: { maxNeighbors: 3 } };
  await collections.createCollection({ newCollection: { name, recipe } });
  const made = await collections.getCollection({ collection: name });
  console.log(`neighbors ${made.recipe?.edges?.maxNeighbors}`);

  const documentBody = {
    title: 'Foxes',
    body: 'The quick brown fox jumps.',
    metadata: { year: 2026 },
  };
  const put = await documents.putDocument({ ...fox, documentBody });
  console.log(`${put.outcome} version ${put.version}`);
  const read = await documents.getDocument(fox);
  console.log(`${read.title} ${read.format} ${JSON.stringify(read.metadata)}`);
  const page = await documents.listDocuments({ collection: name, limit: 5 });
  console.log(`listed ${page.documents?.length}`);

  await linked(new StatusApi(configuration), name);
  const search = { text: 'fox', mode: SearchModeEnum.Lexical };
  const result = await new SearchApi(configuration).search({ collection: name, search });
  for (const hit of result.hits ?? []) {
    console.log(`found ${hit.id} ${(hit.score ?? 0) > 0}`);
  }

  await problem(() => documents.getDocument({ collection: name, id: 'none' }));
  await problem(() => collections.createCollection({ newCollection: { name: 'No Name' } }));
  await documents.deleteDocument(fox);
  await collections.deleteCollection({ collection: name });
  await problem(() => collections.getCollection({ collection: name }));
}

async function linked(api: StatusApi, collection: string): Promise<void> {
  for (let look = 0; look < LOOKS; look++) {
    const status = await api.getStatus({ collection });
    if (status.documents === 1 && status.linked === 1) {
      return;
    }
    await new Promise<void>((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('The document is not linked.');
}

async function problem(call: () => Promise<unknown>): Promise<void> {
  try {
    await call();
    console.log('no problem');
  } catch (refused) {
    if (!(refused instanceof ResponseError)) {
      throw refused;
    }
    const said = ProblemFromJSON(await refused.response.json());
    const fields = (said.errors ?? []).map((error) => error.field);
    console.log(`${refused.response.status} ${said.type} [${fields.join(', ')}]`);
  }
}

tour(process.argv[2]!, process.argv[3]!, process.argv[4]!).catch((failed: unknown) => {
  console.error(failed);
  process.exitCode = 1;
});
