/** Packages whose names are imitated: the most downloaded of the registry and those of this field. */
export const famous: readonly string[] = `
react react-dom vue angular svelte next nuxt express koa fastify hono hapi connect lodash underscore ramda rxjs moment
dayjs luxon date-fns axios got superagent request node-fetch undici cross-fetch chalk colors kleur picocolors commander
yargs minimist inquirer prompts ora debug winston pino morgan bunyan dotenv cross-env rimraf mkdirp glob minimatch
chokidar semver uuid nanoid async bluebird classnames immer redux mobx zustand typescript esbuild webpack rollup vite
babel-core eslint prettier jest mocha chai vitest sinon puppeteer playwright cheerio jsdom mongoose mongodb mysql mysql2
sqlite3 better-sqlite3 sequelize typeorm knex prisma redis ioredis amqplib kafkajs socket.io websocket jsonwebtoken
bcrypt bcryptjs passport helmet cors body-parser cookie-parser multer formidable nodemailer sharp jimp csv-parse
papaparse fast-csv xml2js fast-xml-parser js-yaml yaml joi ajv validator zod yup openai langchain stripe twilio
aws-sdk firebase graphql apollo-server handlebars mustache pug marked markdown-it highlight.js socket.io-client
event-stream ua-parser-js coa node-ipc left-pad is-odd electron nodemon pm2 concurrently shelljs execa
cross-spawn through2 readable-stream safe-buffer string-width strip-ansi ansi-styles supports-color iconv-lite
mime mime-types form-data qs query-string path-to-regexp discord.js telegraf web3 ethers archiver adm-zip unzipper
exceljs xlsx pdfkit pdf-parse pdfjs-dist docx libphonenumber-js minisearch stemmer picomatch micromatch
`
  .trim()
  .split(/\s+/);

/** Scopes whose names are imitated; short ones have too many neighbours. */
export const famousScopes: readonly string[] = `
types babel angular nestjs modelcontextprotocol aws-sdk aws-cdk azure google google-cloud microsoft octokit sveltejs
vitejs vitest testing-library typescript-eslint eslint emotion material-ui reduxjs tanstack prisma apollo graphql-tools
radix-ui storybook playwright sentry opentelemetry anthropic-ai openai langchain ai-sdk huggingface supabase firebase
stripe slack discordjs notionhq fastify smithy grpc googleapis fortawesome rollup parcel semantic-release cloudflare
vercel netlify elastic redis mongodb electron shopify twilio sendgrid atlassian kubernetes prettier codemirror tailwindcss
headlessui heroicons chakra-ui ant-design mantine remix-run astrojs docusaurus tensorflow pinecone-database upstash auth0
`
  .trim()
  .split(/\s+/);

/** Packages of famous scopes that are imitated by a name without one. */
export const famousScoped: readonly string[] = `
@types/node @types/react @modelcontextprotocol/sdk @modelcontextprotocol/server @modelcontextprotocol/client
@modelcontextprotocol/inspector @angular/core @nestjs/common @nestjs/core @aws-sdk/client-s3 @prisma/client
@tanstack/react-query @testing-library/react @supabase/supabase-js @anthropic-ai/sdk @google-cloud/storage @octokit/rest
@hono/node-server @hono/zod-validator @fastify/cors @sentry/node @slack/web-api @slack/bolt @notionhq/client
@azure/storage-blob @opentelemetry/api @langchain/core @ai-sdk/openai @huggingface/inference @reduxjs/toolkit
@apollo/client @apollo/server @emotion/react @elastic/elasticsearch @kubernetes/client-node @tensorflow/tfjs
`
  .trim()
  .split(/\s+/);

/** Real packages, and scopes, whose names lie near a famous one. */
export const neighbours: ReadonlySet<string> = new Set(
  `
preact mysql sqlite pinot color coax koan got glob globby joi jose joy yup qss hapi pug ora async nyc chalk-cli ws mime-db
@clack @discord @openapi @motion @stack debuglog kleur rax vuex viem react-is node-gyp uid uuidv4 rxjs-compat ajv-cli colord execall yaml2 zx zod3
apollo-client rambda enquirer prompt tslint jslint mssql scrypt crypt aws-cdk through safer-buffer querystring jsdoc telegram server validatorjs
graphiql reqwest rsync fastify-cors @auth @mongodb-js @nestjsx @storyblok @remotion @mantinex
csv-parser xml-js pm docx4 multi cross xlsx-js dot docs marko
`
    .trim()
    .split(/\s+/),
);
