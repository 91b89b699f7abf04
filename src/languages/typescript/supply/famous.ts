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

/** Real packages whose names lie near a famous one. */
export const neighbours: ReadonlySet<string> = new Set(
  `
preact mysql sqlite pinot color coax koan got glob globby joi jose joy yup qss hapi pug ora async asynk nyc chalk-cli ws mime-db
debuglog kleur reduxjs rax vuex viem vitess react-is node-gyp uid uuidv4 rxjs-compat ajv-cli colord execall yaml2 zx zod3 redis4
csv-parser xml-js pm docx4 multi cross date-fn xlsx-js dot docs marko
`
    .trim()
    .split(/\s+/),
);
