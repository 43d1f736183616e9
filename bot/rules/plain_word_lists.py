"""The words and patterns of the gentle check of feedback, in English. To teach it a word, write it here."""

# What could be said of anybody, and says something only with more beside it.
_VERDICT = (
    r"(?:great|good|nice|awesome|amazing|excellent|fantastic|outstanding|superb|wonderful|brilliant|stellar|incredible"
    r"|super|solid|impressive|fabulous|perfect|strong|exceptional|remarkable|phenomenal|terrific|marvell?ous|lovely"
    r"|extraordinary|splendid|invaluable|top[ -]notch|first[ -]class|world[ -]class|flawless|high[ -]quality|positive"
    r"|bad|poor|terrible|awful|disappointing|mediocre)"
)
_WORK = (
    r"(?:job|work|stuff|effort|one|performance|contributions?|colleague|teammate|attitude|person|team ?player|addition"
    r"|asset|communication|communicator|collaboration|leadership|presentation|meeting|quarter|year|project|review"
    r"|support|help|energy|spirit|mindset|vibes?|skills|results?|outcome|teamwork|delivery|listener|leader|lead|manager"
    r"|mentor|partner|guy|work ethic|cooperation|progress|mood)"
)
_TRAIT = (
    r"(?:helpful|supportive|reliable|dependable|professional|dedicated|committed|friendly|knowledgeable|hard-?working"
    r"|motivated|passionate|talented|creative|inspiring|smart|approachable|trustworthy|diligent|enthusiastic|competent"
    r"|proactive|confident|assertive|strategic|structured|organi[sz]ed|collaborative|detail[ -]oriented|visible|vocal"
    r"|experienced|engaged|flexible)"
)
_ABILITY = (
    r"(?:(?:communication|leadership|presentation|people|soft|social|organi[sz]ational|interpersonal) skills|skills"
    r"|communication|collaboration|teamwork|leadership|ownership|initiative|visibility|executive presence|confidence"
    r"|mindset|attitude|attention to detail|priorit(?:y|ies|i[sz]ation)"
    r"|(?:stakeholder|time|project|people|expectation) management)"
)
VAGUE = (
    rf"{_VERDICT} {_WORK}",
    r"(?:very|so|really|always|extremely|be|been|not|more|less|too|(?:he|she|you|they)(?: is| was| are| were|'s|'re)) "
    rf"{_TRAIT}",
    rf"(?:improv(?:e|ing)|work(?:ing)? on|develop|strengthen|build|show|take|need|needs|lacks?|more|better) "
    rf"(?:on |the |your |his |her |their |some |more |better |stronger )*{_ABILITY}",
    rf"{_ABILITY} (?:could|can|should|needs?|(?:has |have )?improved)",
    r"(?:well done|keep (?:it )?up|keep going|keep doing (?:what|this|that)|way to go|kudos|thumbs up|hats off|bravo)",
    rf"(?:was|is|were|are|did|been|'s|be) (?:really |very |so |just |always |truly |all |such an? )*{_VERDICT}",
    r"(?:love|loved|enjoy|enjoyed|like|liked|appreciate|appreciated) (?:working with|your|the|how|his|her|their)",
    r"(?:everyone|everybody|we all|they all) (?:just |really )?(?:loved|liked|enjoyed)",
    r"(?:lucky|glad|happy|great|grateful) to have|values? your|saved the day|speaks? (?:very )?highly"
    r"|such an? (?:gem|joy)|without (?:you|him|her|them)|above and beyond|one of a kind|second to none|no complaints"
    r"|nothing to (?:add|complain)|knows? (?:his|her|their|your) stuff|(?:big|huge|real) help|cannot thank"
    r"|(?:thanks|thank you) for (?:all|everything|being|(?:the|your) (?:help|support))",
    rf"the best (?:\w+ )?{_WORK}|the greatest",
    rf"not (?:really |quite |very )*(?:good|{_TRAIT}) enough|where (?:it|they) should be",
    r"(?:room for improvement|not up to|(?:meets?|met|exceed(?:s|ed)?|below) (?:all |my |our )*expectations)",
    r"(?:pleasure|joy|delight|fun|easy) (?:to )?work(?:ing)? with",
    r"(?:helped|helps|improved|changed|worked|matters?|mattered) (?:us |me |everyone |everybody |the team )?"
    r"(?:a lot|so much|very much|much|greatly|enormously|well|a bit|everything)",
    r"(?:made|makes|make|had|has|have) (?:a |an )?(?:big |huge |real |great |positive |massive )*(?:difference|impact)",
    r"(?:went|goes|going|run|ran|runs) (?:really |very |so )*(?:well|great|smoothly|better|fine)",
    r"(?:everyone|everybody|all|we|people|the team) (?:was|were|is|are) (?:really |very |so )*"
    r"(?:happy|pleased|impressed|satisfied|glad|grateful)",
    r"(?:be|being|become|get|try to be|need to be|needs to be|could be|should be|show|have|take|demonstrate) "
    r"(?:a (?:bit|little) )?(?:more|less|better|some)",
    r"(?:communicate|collaborate|focus|engage|contribute|participate|delegate|listen|speak up|step up|work) "
    r"(?:a (?:bit|little) )?(?:more|better|harder)",
    r"(?:step up|speak up|take ownership|think bigger|think outside the box|go the extra mile|raise the bar"
    r"|own it|step out of (?:your|his|her|their) comfort zone|show (?:initiative|leadership)|manage up)",
    r"(?:rock ?star|super ?star|ninja|wizard|guru|genius|legend|hero|star|team ?player|go-to|natural)",
)

# Says nothing by itself about what somebody did.
_FILLER_WORDS = """
    a able about above absolutely achieve across add admire admired again ahead all almost along already also
    always am amazing an and any anyone anything appreciate appreciated approachable are area areas as aspects
    assertive asset at attention attitude aware awesome awful bad basically be became been being best better beyond
    big bigger bit board boss both bravo brilliant bring brings but by came can cannot capable care cares caring
    certain clear clearly collaborate collaborating collaboration collaborative colleague colleagues come comes
    committed communicate communication communicator competent complain complaints complete completely concern
    confidence confident consistent consistently constantly constructive continue contribute contributing
    contribution contributions cool cooperation could creative d day days deal dedicated deeply definitely delivery
    dependable deserve deserves detail detail-oriented detailed details develop development did difference diligent
    disappointing do does doing done down drive during each easy effective effectively efficient effort energetic
    energy engage engaged enjoy enjoyed enough enthusiasm enthusiastic especially ethic ever every everybody
    everyone everything everywhere exactly exceed exceeded exceeds excellent exceptional expectation expectations
    experience experienced expert extra extraordinary extremely fabulous fantastic fantastically far feel felt few
    fine first-class flawless flexible focus for forward frankly friendly from fully fun further future gem general
    generally genius get gets getting give given glad go goes going good grateful great greatest greatly group guru
    guy had happen happy hard hard-working hardworking has have having he help helped helpful helps her here hero
    hers high high-quality highly him his honest honestly hope how huge i if impact impressed impressive improve
    improved improvement improving in incredible incredibly initiative input inspiration inspired inspiring into
    invaluable is it its itself job joy just keep keeps kind kindness knew know knowledge knowledgeable knows kudos
    lacked lacking lacks last late lately lead leader leadership leads least legend less let like liked likes
    listener literally little ll looking lost lot lots love loved lovely loves lucky m made main make makes manage
    management manager managing many marvellous marvelous matter matters maybe me mediocre meeting meetings
    mentality mentor met mile mind mindset mode month mood more most motivated much must my natural need needs
    never next nice ninja no nobody not noticed now of often ok okay on one only opinion or organisation organised
    organization organized orientation oriented other others otherwise our out outcome outstanding over overall
    ownership part participate partner passion passionate people perfect performance perhaps person personality
    phenomenal play player plays pleasant please pleased pleasure poor positive possible power presence
    presentation pretty priorities prioritisation prioritization priority proactive problem-solving professional
    progress project projects proud quality quarter quick quickly quite rather re real really recommend reliable
    remarkable respect respected respectful responsive result results right rock rocks rockstar role s same
    satisfied saved say says see seem seems sense serious seriously she should show showed showing shown shows side
    significantly simply situation situations skill skilled skills smart smile smiles smiling smooth smoothly so
    soft solid some somebody someone something sometimes speak speaks spirit splendid stakeholder stakeholders
    stand standard standards star start stay stellar step stepped strategic strength strengths strong stronger
    structure structured stuff success successful such super superb superbly superstar support supporting
    supportive sure take takes taking talented task tasks team teammate teams teamwork terrible terrific than thank
    thankful thanks that the their them themselves there therefore these they thing things think thinking this
    thorough thoroughly those thoughtful through thx time times to today together too top top-notch total totally
    towards truly trust trustworthy try trying understand unique up us usual usually valuable value valued values
    ve very vibe vibes view visibility visible vocal want was way we week weeks well were what whatever when where
    which who whole will with within without wizard wonderful work worked working works world world-class would wow
    year yes yesterday yet you your yours yourself
"""
FILLER = frozenset(_FILLER_WORDS.split())

# Who somebody is said to be. Each may be the whole of an answer or follow a person and "is", "seems", "can be" …
_LABEL_WORDS = """
    ADHD OCD abrasive adversarial aggressive argumentative arrogant autistic bipolar bitchy bitter bossy bratty
    bullying careless catty childish clingy clueless clumsy cocky cold combative condescending confrontational
    controlling cowardly crazy cynical defensive delusional demanding difficult disengaged dishonest dismissive
    disorgani[sz]ed disrespectful domineering dramatic dull dumb eccentric effeminate egoistic(?:al)? egotistical
    emotional entitled erratic exhausting fake feisty flaky fragile frigid fussy girly gossipy grumpy harsh
    high-maintenance hormonal hostile hot-headed hotheaded hyperactive hypersensitive hysterical idiotic ignorant
    immature impatient incompetent indecisive ineffective inflexible insane insecure intimidating introverted
    irrational irresponsible irritable jealous judg(?:e)?mental ladylike lame lazy loud lousy mad manipulative mean
    meek mental moody motherly naive naïve needy negative nervous neurotic obnoxious obsessive old-fashioned
    opinionated over-emotional over-sensitive overbearing overconfident overemotional oversensitive paranoid
    passive passive-aggressive petty pompous pretentious psycho psychotic pushy quiet retarded rigid robotic rude
    sarcastic sassy scatterbrained schizophrenic self-cent(?:ered|red) self-important selfish sensitive
    short-tempered shrill shy sloppy slow smug snarky snobbish soft spineless spoiled strident stubborn stupid
    submissive sulky tactless temperamental thin-skinned timid tone-deaf touchy toxic two-faced unapproachable
    uncooperative undisciplined unfocused unfriendly unhelpful unlikable unlikeable unmotivated unpleasant
    unprofessional unreliable unstable untrustworthy uptight useless vain volatile weak weird whiny wishy-washy
"""
LABELS = _LABEL_WORDS.split()
_ALSO_OF_THINGS_WORDS = "cold difficult dull flaky fragile lame loud rigid robotic slow soft unstable weak"
ALSO_OF_THINGS = frozenset(_ALSO_OF_THINGS_WORDS.split())
# A sentence that says one of these back would hurt once more.
_NOT_SAID_BACK_WORDS = """
    adhd autistic bipolar bitchy crazy dumb hysterical hormonal idiotic insane lame mad mental neurotic ocd psycho
    psychotic retarded schizophrenic shrill stupid useless
"""
NOT_SAID_BACK = frozenset(_NOT_SAID_BACK_WORDS.split())
MATERIAL = (
    r"(?:(?:management|leadership|leader|manager|senior|promotion|director|executive|staff) material"
    r"|(?:culture|cultural|team) fit)"
)
NOUNS = (
    r"(?:micro-?manager|know-it-all|control freak|perfectionist|pushover|slacker|bully|diva|drama queen|dead ?weight"
    r"|nightmare|loner|complainer|troublemaker|bottleneck|follower|loose cannon|prima donna|doormat|people pleaser"
    r"|mother hen|narcissist|idiot|moron|jerk|snowflake|dinosaur|weirdo|liar|whiner|hothead|dictator|lone wolf"
    r"|wallflower|introvert|psychopath)",
    r"(?:born|natural(?:-born)?) (?:leader|manager|seller|salesman|engineer)",
    r"typical (?:engineer|developer|manager|sales(?:man|person| guy)|woman|man|millennial|boomer)",
    r"no (?:social|people|interpersonal) skills",
    r"not (?:really |quite )?(?:tough|strong|smart|clever|hungry|ambitious|mature|senior|technical|resilient) enough",
)
LACKS = (
    r"(?:(?:self-)?confidence|ambition|drive|presence|gravitas|maturity|passion|charisma|leadership|motivation"
    r"|discipline|(?:executive|leadership) presence|backbone|empathy|commitment|talent|intelligence|common sense"
    r"|(?:social|people) skills|emotional intelligence)"
)
HAS = r"(?:(?:bad|poor|terrible|wrong|negative) attitude|attitude problem|big ego|huge ego|bad temper|short temper)"
STYLE = r"(?:style|manner|personality|character|nature|attitude|behaviou?r)"
